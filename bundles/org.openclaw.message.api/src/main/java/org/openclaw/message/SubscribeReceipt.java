package org.openclaw.message;

/** What came of subscribing. */
public sealed interface SubscribeReceipt {
    /**
     * There is such a subscription from now on.
     *
     * @param created whether it is new, or was ended and begins anew; otherwise there was one of that name, which has gone on from
     *     where it was, for this filter and this receiver
     */
    record Subscribed(SubscriptionView view, boolean created) implements SubscribeReceipt {}

    /** There is none, and nothing has changed. */
    record Refused(Refusal refusal) implements SubscribeReceipt {}
}
