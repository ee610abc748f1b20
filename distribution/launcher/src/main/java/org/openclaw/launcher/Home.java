package org.openclaw.launcher;

import java.nio.file.Path;

/**
 * The folders of one installation that belong to its operator. Several homes can run from the same binaries.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    public Path conf() {
        return folder.resolve("conf");
    }

    public Path trust() {
        return conf().resolve("trust");
    }

    public Path keys() {
        return conf().resolve("keys");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path deploy() {
        return folder.resolve("deploy");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** Where the token is that may do everything; one line, readable by its owner alone. */
    public Path adminToken() {
        return conf().resolve("admin.token");
    }

    /** Where the token is that may only look. */
    public Path readerToken() {
        return conf().resolve("reader.token");
    }

    /** What is known of the process that runs on this home; there only while it is ready. */
    public Path running() {
        return data().resolve("running.json");
    }

    /**
     * Makes what this home lacks, as at the first start of a container on it; never changes a file that is there.
     *
     * @param installation whose {@code conf/} a new home begins with
     * @throws LaunchException when a folder cannot be made or written
     */
    public void prepare(Installation installation) throws LaunchException {
        HomeFolders.prepare(installation, this);
    }
}
