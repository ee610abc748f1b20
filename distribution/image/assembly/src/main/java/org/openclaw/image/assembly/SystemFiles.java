package org.openclaw.image.assembly;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The few files that the C library and the JDK look for: who the user is, and how host names are found.
 *
 * @param root of the layer
 */
record SystemFiles(Path root) {
    void write() throws IOException {
        Tree.write(
                root.resolve("etc/passwd"),
                "root:x:0:0:root:/:/sbin/nologin\nopenclaw:x:10001:10001:OpenClaw:/var/lib/openclaw:/sbin/nologin\n");
        Tree.write(root.resolve("etc/group"), "root:x:0:\nopenclaw:x:10001:\n");
        Tree.write(root.resolve("etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
    }
}
