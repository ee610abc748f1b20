package org.openclaw.gateway.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections, and closes those beyond the bounds before a byte of them is read. When all are taken, one that has no request under
 * way gives way, so that half-open ones do not keep others out. Thread-safe.
 */
final class Admission implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Bounds bounds;
    private final BooleanSupplier makeRoom;
    /** Those that are open, by their channel: a closed one does not tell its address any more. Guarded by this. */
    private final Map<SelectableChannel, InetAddress> open = new HashMap<>();
    /** Guarded by this. */
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    /** Whether it has been said that they are all taken. Guarded by this. */
    private boolean full;

    /** @param makeRoom closes a connection that can be spared; false when there is none */
    Admission(Bounds bounds, BooleanSupplier makeRoom) {
        this.bounds = bounds;
        this.makeRoom = makeRoom;
    }

    /** Counts one that was there before. */
    void add(EndPoint endPoint) {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            address(channel).ifPresent(address -> add(channel, address));
        }
    }

    synchronized int open() {
        return open.size();
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        var address = address(channel);
        if (address.isEmpty()) {
            return; // it has gone already
        }
        if (isWithin(address.get())) {
            add(channel, address.get());
        } else {
            close(channel);
        }
    }

    /** Not while others wait for this: what gives way says so here. */
    private boolean isWithin(InetAddress address) {
        boolean taken;
        synchronized (this) {
            if (byAddress.getOrDefault(address, 0) >= bounds.perAddress()) {
                return false;
            }
            taken = open.size() >= bounds.connections();
            if (taken && !full) {
                LOG.warn(
                        "All {} HTTP connections are taken. Raise connections.max of org.openclaw.gateway.jetty, or see who"
                                + " takes them.",
                        bounds.connections());
            }
            full = taken || (full && open.size() > bounds.connections() / 2);
        }
        return !taken || makeRoom.getAsBoolean();
    }

    private synchronized void add(SelectableChannel channel, InetAddress address) {
        if (open.put(channel, address) == null) {
            byAddress.merge(address, 1, Integer::sum);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        remove(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        remove(channel);
    }

    private synchronized void remove(SelectableChannel channel) {
        var address = open.remove(channel);
        if (address != null) {
            byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private static Optional<InetAddress> address(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket
                            && socket.getRemoteAddress() instanceof InetSocketAddress remote
                    ? Optional.of(remote.getAddress())
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException broken) {
            LOG.debug("A connection too many did not close", broken);
        }
    }
}
