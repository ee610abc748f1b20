package org.openclaw.gateway.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Publication;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Refusal;
import org.openclaw.message.SubscribeReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Subscription.Start;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.message.TopicView;
import org.openclaw.message.Topics;

/** Topics in memory, of which the first publications may be forgotten; everything is refused while a test says so. */
final class MemoryTopics implements Topics {
    static final Topic NEWS = Topic.of("news");

    private final TreeMap<Topic, List<Publication>> published = new TreeMap<>();
    private final TreeMap<Topic, TreeMap<String, SubscriptionView>> subscriptions = new TreeMap<>();
    final List<Start> starts = new ArrayList<>();
    /** How many of each topic are not retained any more. */
    int forgotten;

    Optional<Refusal> refusal = Optional.empty();

    /** A topic with a message, an agent that has subscribed, and one for each subject. */
    void fill() {
        var message = new Message("e1", "/shop", "news.Told", ListedAgents.AT, Body.json("{\"a\":1}"))
                .with(Attributes.subject("7"));
        publish(Tenant.DEFAULT, NEWS, message);
        subscribe(
                Tenant.DEFAULT,
                Subscription.of(NEWS, Address.of("order", "7"), MessageFilter.everything()),
                new Start.Now());
        subscribe(
                Tenant.DEFAULT,
                new Subscription(
                        NEWS, "each", MessageFilter.type("news.*"), new Receiver.ByAttribute("order", "subject")),
                new Start.Now());
    }

    /** What was published to a topic. */
    List<Publication> of(Topic topic) {
        return published.getOrDefault(topic, List.of());
    }

    private boolean isThere(Topic topic) {
        return published.containsKey(topic) || subscriptions.containsKey(topic);
    }

    @Override
    public PublishReceipt publish(Tenant tenant, Topic topic, Message message) {
        if (refusal.isPresent()) {
            return new PublishReceipt.Refused(refusal.get());
        }
        var all = published.computeIfAbsent(topic, _ -> new ArrayList<>());
        for (var each : all) {
            if (each.message().id().equals(message.id())) {
                return receipt(each, true);
            }
        }
        all.add(new Publication(all.size() + 1, ListedAgents.AT.plusSeconds(all.size()), message));
        return receipt(all.getLast(), false);
    }

    private static PublishReceipt receipt(Publication of, boolean duplicate) {
        return new PublishReceipt.Accepted(
                of.sequence(), of.acceptedAt(), of.acceptedAt().plusSeconds(600), duplicate);
    }

    @Override
    public List<TopicView> topics(Tenant tenant) {
        return published.keySet().stream()
                .flatMap(topic -> find(tenant, topic).stream())
                .toList();
    }

    @Override
    public Optional<TopicView> find(Tenant tenant, Topic topic) {
        var all = of(topic);
        return Optional.of(topic)
                .filter(this::isThere)
                .map(there -> new TopicView(
                        there,
                        ListedAgents.AT,
                        forgotten + 1,
                        all.size(),
                        all.isEmpty()
                                ? Optional.empty()
                                : Optional.of(all.getLast().acceptedAt()),
                        100L * (all.size() - forgotten),
                        subscriptions.getOrDefault(topic, new TreeMap<>()).size()));
    }

    @Override
    public List<SubscriptionView> subscriptions(Tenant tenant, Topic topic) {
        return List.copyOf(subscriptions.getOrDefault(topic, new TreeMap<>()).values());
    }

    private boolean hasForgotten(Topic topic, Start from) {
        return from instanceof Start.At(Instant time)
                && forgotten > 0
                && !time.isAfter(of(topic).get(forgotten - 1).acceptedAt());
    }

    private Optional<SubscribeReceipt> obstacle(Topic topic, Start from) {
        starts.add(from);
        return refusal.or(() -> Optional.of(Refusal.of(Refusal.Kind.GONE, "topic.forgotten", "It is gone."))
                        .filter(_ -> hasForgotten(topic, from)))
                .map(SubscribeReceipt.Refused::new);
    }

    private SubscriptionView view(Subscription subscription, Optional<Long> until) {
        return new SubscriptionView(
                subscription,
                ListedAgents.AT,
                forgotten,
                of(subscription.topic()).size() - forgotten,
                0,
                until,
                SubscriptionView.State.ACTIVE,
                Optional.empty());
    }

    @Override
    public SubscribeReceipt subscribe(Tenant tenant, Subscription subscription, Start from) {
        return obstacle(subscription.topic(), from).orElseGet(() -> {
            var view = view(subscription, Optional.empty());
            var before = subscriptions
                    .computeIfAbsent(subscription.topic(), _ -> new TreeMap<>())
                    .put(subscription.name(), view);
            return new SubscribeReceipt.Subscribed(view, before == null);
        });
    }

    @Override
    public boolean unsubscribe(Tenant tenant, Topic topic, String name) {
        return subscriptions.getOrDefault(topic, new TreeMap<>()).remove(name) != null;
    }

    @Override
    public SubscribeReceipt rewind(Tenant tenant, Topic topic, String name, Start from) {
        var known = subscriptions.getOrDefault(topic, new TreeMap<>()).get(name);
        return obstacle(topic, from)
                .orElseGet(() -> known == null
                        ? new SubscribeReceipt.Refused(
                                Refusal.of(Refusal.Kind.UNKNOWN, "subscription.unknown", "There is none."))
                        : new SubscribeReceipt.Subscribed(known, false));
    }

    @Override
    public SubscribeReceipt replay(Tenant tenant, Topic topic, MessageFilter filter, Receiver to, Start from) {
        return obstacle(topic, from)
                .orElseGet(() -> new SubscribeReceipt.Subscribed(
                        view(new Subscription(topic, "replay-1", filter, to), Optional.of((long)
                                of(topic).size())),
                        of(topic).size() > forgotten));
    }

    @Override
    public PublicationPage read(Tenant tenant, Topic topic, MessageFilter filter, long after, int limit) {
        if (!isThere(topic)) {
            return new PublicationPage.Unknown();
        }
        if (after > 0 && after < forgotten) {
            return new PublicationPage.Forgotten(forgotten + 1);
        }
        var passing = of(topic).stream()
                .filter(each -> each.sequence() > Math.max(after, forgotten) && filter.matches(each.message()))
                .limit(limit)
                .toList();
        long next = passing.size() == limit
                ? passing.getLast().sequence()
                : of(topic).size();
        return new PublicationPage.Read(passing, next, next < of(topic).size());
    }

    @Override
    public PublicationPage read(Tenant tenant, Topic topic, MessageFilter filter, Start from, int limit) {
        starts.add(from);
        return hasForgotten(topic, from)
                ? new PublicationPage.Forgotten(forgotten + 1)
                : read(tenant, topic, filter, 0, limit);
    }
}
