package org.openclaw.bench.container;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.Policy;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.TrustStore;
import org.openclaw.deploy.trust.Verifier;

/** What it costs to verify a warm bundle, beside reading it through the JDK's {@code JarFile} with verification on. */
public final class Verification {
    private static final int ENTRIES = 690;
    private static final int ENTRY_BYTES = 20_000;

    private Verification() {}

    /** Prints the measurement: {@code [rounds] [JAR]}; without a jar it makes one of 10 MB. */
    static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        var jar = signed(args.length > 1 ? Path.of(args[1]) : tenMegabytes());
        var bytes = ByteBuffer.wrap(Files.readAllBytes(jar));
        var store = TrustStore.load(Container.INSTALLATION.resolve("conf/trust"));
        var verifier = new Verifier(() -> store, InstantSource.system());

        var inspect = new ArrayList<Long>();
        var judge = new ArrayList<Long>();
        var jdk = new ArrayList<Long>();
        var ratios = new ArrayList<Double>();
        for (int round = -20; round < rounds; round++) {
            long start = cpu();
            var inspection = verifier.inspect("bench.jar", bytes.duplicate());
            long inspected = cpu() - start;
            var sound = (Verifier.Inspection.Sound) inspection;

            start = cpu();
            verifier.judge("bench.jar", sound.jar(), Policy.Known.nothing(), false);
            long judged = cpu() - start;

            start = cpu();
            readThroughJarFile(jar);
            long read = cpu() - start;
            if (round >= 0) { // the rounds before are for the compiler
                inspect.add(inspected);
                judge.add(judged);
                jdk.add(read);
                ratios.add((double) inspected / read);
            }
        }
        System.out.printf(
                "verification of a warm bundle of %.1f MB, %d rounds, CPU time of the thread, medians:%n",
                Files.size(jar) / 1e6, rounds);
        System.out.printf(
                "  entries and signature %.1f ms; JarFile, all entries read and verified, %.1f ms; ratio %.2f (pairwise median)%n",
                median(inspect) / 1e6, median(jdk) / 1e6, medianRatio(ratios));
        System.out.printf("  apart: chain and policy %.2f ms%n", median(judge) / 1e6);
    }

    private static void readThroughJarFile(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile(), true)) {
            var entries = file.entries();
            while (entries.hasMoreElements()) {
                var entry = entries.nextElement();
                try (var in = file.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                if (!entry.getName().startsWith("META-INF/") && entry.getCodeSigners() == null) {
                    throw new IllegalStateException("not verified: " + entry);
                }
            }
        }
    }

    private static Path signed(Path jar) throws Exception {
        var keys = PublisherKeys.load(Container.DEVELOPMENT_KEY, Optional.empty());
        return new BundleSigner(keys, InstantSource.system())
                .sign(jar, Files.createTempFile("openclaw-bench-signed", ".jar"))
                .file();
    }

    /** Entries that compress about as well as classes do: to somewhat under one half. */
    private static Path tenMegabytes() throws IOException {
        var random = new Random(42);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "plugin.bench");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        var jar = Files.createTempFile("openclaw-bench", ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (int number = 0; number < ENTRIES; number++) {
                out.putNextEntry(new JarEntry("plugin/bench/Entry" + number + ".bin"));
                var content = new byte[ENTRY_BYTES];
                for (int at = 0; at < content.length; at++) {
                    content[at] = (byte) (random.nextInt(10) < 7 ? 'a' + random.nextInt(6) : random.nextInt(256));
                }
                out.write(content);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double medianRatio(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
