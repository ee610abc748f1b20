package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.JsonFields.Unreadable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What {@code revoked.json} says.
 *
 * @param serial grows with each change
 * @param files the SHA-256 of jars
 * @param keys the SHA-256 of the SubjectPublicKeyInfo of signers or authorities
 * @param bundles versions of bundles
 */
record RevokedList(long serial, Set<Digest> files, Set<Digest> keys, List<Bundles> bundles) {
    RevokedList {
        files = Set.copyOf(files);
        keys = Set.copyOf(keys);
        bundles = List.copyOf(bundles);
    }

    /** Versions of a bundle. */
    record Bundles(String name, VersionRange versions) {}

    static RevokedList empty() {
        return new RevokedList(0, Set.of(), Set.of(), List.of());
    }

    static RevokedList read(Path file) throws IOException, Unreadable {
        var fields = JsonFields.read(file);
        var bundles = new ArrayList<Bundles>();
        for (var entry : fields.objects("bundles")) {
            bundles.add(new Bundles(entry.text("name"), range(entry.text("versions"))));
            entry.end();
        }
        var list = new RevokedList(fields.count("serial"), fields.digests("files"), fields.digests("keys"), bundles);
        fields.end();
        return list;
    }

    private static VersionRange range(String text) throws Unreadable {
        try {
            return VersionRange.valueOf(text);
        } catch (IllegalArgumentException malformed) {
            throw new Unreadable("'versions' is '" + text + "' (expected: a range such as [1.0,2.0))");
        }
    }

    boolean revokes(String name, Version version) {
        return bundles.stream()
                .anyMatch(entry -> entry.name().equals(name) && entry.versions().includes(version));
    }
}
