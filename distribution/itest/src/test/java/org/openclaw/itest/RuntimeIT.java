package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.Agents;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.EventPage;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.telemetry.EventSink;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeHealth;
import org.openclaw.telemetry.RuntimeEvent;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** The runtime on the shipped bundles: agent types come and go as services. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RuntimeIT {
    @Inject
    private BundleContext context;

    @Inject
    private MessageBus bus;

    @Inject
    private Agents agents;

    @Inject
    private AgentEvents events;

    @Inject
    private NodeHealth health;

    @Configuration
    public Option[] shippedBundles() throws IOException {
        return ShippedBundles.of("core", "example");
    }

    @Test
    public void theTriageAgentAnswers() throws Exception {
        var before = events.newest();
        var status = ask(Address.of("triage", "inbox"), "triage.Webhook", """
                {"version":"4","groupKey":"g","truncatedAlerts":0,"status":"firing","receiver":"openclaw",
                 "groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://alerts.example",
                 "alerts":[{"status":"firing","labels":{"alertname":"Down","service":"shop"},"annotations":{},
                   "startsAt":"2026-11-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",
                   "generatorURL":"http://prometheus.example","fingerprint":"0123456789abcdef"}]}
                """);
        assertThat(status).isInstanceOf(MessageStatus.Done.class);
        assertThat(agents.find(Tenant.DEFAULT, Address.of("triage", "inbox"))).isPresent();
        awaitPage(before);
    }

    /** Somebody is called, and the turn that calls waits for an answer: in flight, it would hold up whoever stops its bundle. */
    private void awaitPage(EventId before) throws Exception {
        var pages = new EventFilter(Optional.of("triage-page"), Optional.empty(), Set.of(EventKind.TURN_SUSPENDED));
        var more = new LinkedBlockingQueue<Boolean>();
        try (var watch = events.watch(() -> more.add(true))) {
            var at = before;
            var seen = read(pages, at);
            while (seen.events().isEmpty()) {
                at = seen.next();
                watch.arm(at);
                assertThat(more.poll(20, TimeUnit.SECONDS))
                        .as("something happens")
                        .isNotNull();
                seen = read(pages, at);
            }
        }
    }

    private EventPage.Read read(EventFilter filter, EventId after) {
        return switch (events.read(Tenant.DEFAULT, filter, after, 1)) {
            case EventPage.Read read -> read;
            case EventPage.Forgotten forgotten -> throw new AssertionError(forgotten.toString());
        };
    }

    @Test
    public void aTypeWithoutAnyVersionIsStrandedAndItsMessagesWait() throws Exception {
        var triage = named("org.openclaw.example.triage");
        var address = Address.of("triage", "stranded");
        ask(address, "triage.Acknowledge", "{\"by\":\"somebody\"}");
        triage.stop();
        try {
            var type = agents.types().stream()
                    .filter(each -> each.name().equals("triage"))
                    .findFirst()
                    .orElseThrow();
            assertThat(type.serving()).isEmpty();
            var receipt = send(address, "triage.Acknowledge", "{\"by\":\"somebody\"}");
            var tracked = bus.find(Tenant.DEFAULT, receipt.id()).orElseThrow();
            assertThat(tracked.status())
                    .isInstanceOfSatisfying(
                            MessageStatus.Waiting.class,
                            waiting -> assertThat(waiting.reason()).isPresent());
            triage.start();
            assertThat(bus.outcome(Tenant.DEFAULT, receipt.id())
                            .orElseThrow()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(MessageStatus.Done.class);
        } finally {
            triage.start();
        }
    }

    @Test
    public void aListenerHearsWhatHappensToAnAgentAndTheStatusShowsIt() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        EventSink broken = event -> {
            throw new IllegalStateException("a listener's fault is its own");
        };
        EventSink listener = event -> heard.add(event.kind() + " " + event.subject());
        var services = List.of(
                context.registerService(EventSink.class, broken, null),
                context.registerService(EventSink.class, listener, null));
        var address = Address.of("triage", "watched");
        agents.create(Tenant.DEFAULT, address);
        agents.suspend(Tenant.DEFAULT, address);
        send(address, "triage.Acknowledge", "{\"by\":\"somebody\"}");

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("agent.created triage/watched");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("agent.suspended triage/watched");
        var status = health.status();
        assertThat(status.agents().suspended()).isEqualTo(1);
        assertThat(status.messages().waiting()).isEqualTo(1);
        assertThat(status.events()).extracting(RuntimeEvent::kind).contains("agent.created", "type.serving");
        assertThat(status.attention()).extracting(Finding::id).contains("agents.suspended");

        agents.resume(Tenant.DEFAULT, address);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("agent.resumed triage/watched");
        services.forEach(ServiceRegistration::unregister);
    }

    @Test
    public void theStatusIsThereWhileTheRuntimeIsNot() throws Exception {
        var runtime = named("org.openclaw.agent.runtime");
        runtime.stop();
        try {
            assertThat(health.status().missing()).contains("the agent runtime");
            assertThat(health.status().agents().types()).isZero();
        } finally {
            runtime.start();
        }
        assertThat(health.status().missing()).doesNotContain("the agent runtime");
        assertThat(health.status().agents().types())
                .as("triage and triage-page")
                .isEqualTo(2);
    }

    @Test
    public void noBundleIsLeftUnresolved() {
        assertThat(Arrays.stream(context.getBundles())
                        .filter(each -> each.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                        .filter(each -> each.getState() != Bundle.ACTIVE && each.getState() != Bundle.STARTING)
                        .map(Bundle::getSymbolicName))
                .isEmpty();
    }

    private MessageStatus ask(Address to, String type, String body) throws Exception {
        return bus.outcome(Tenant.DEFAULT, send(to, type, body).id())
                .orElseThrow()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private Receipt.Accepted send(Address to, String type, String body) {
        var message = new Message(UUID.randomUUID().toString(), "itest", type, Instant.EPOCH, Body.json(body));
        return switch (bus.send(Tenant.DEFAULT, to, message)) {
            case Receipt.Accepted accepted -> accepted;
            case Receipt.Refused refused ->
                throw new AssertionError(refused.refusal().text());
        };
    }

    private Bundle named(String name) {
        return Arrays.stream(context.getBundles())
                .filter(each -> name.equals(each.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }
}
