package org.openclaw.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.felix.webconsole.bundleinfo.BundleInfo;
import org.apache.felix.webconsole.bundleinfo.BundleInfoProvider;
import org.apache.felix.webconsole.bundleinfo.BundleInfoType;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows on the page of each bundle why it may run: who signed it, and who vouches for them. Thread-safe. */
@Component
public final class SignatureInfo implements BundleInfoProvider {
    private final Gate gate;

    @Activate
    public SignatureInfo(@Reference Gate gate) {
        this.gate = gate;
    }

    @Override
    public String getName(Locale locale) {
        return "Signature";
    }

    @Override
    public BundleInfo[] getBundleInfo(Bundle bundle, @Nullable String webConsoleRoot, Locale locale) {
        var rows = gate.verdict(bundle)
                .map(SignatureInfo::rows)
                .orElseGet(() -> List.of(row(
                        "Verdict",
                        "Part of the container, checked by the signed list of digests.",
                        "It came with the installation, and its file is the one that was released")));
        return rows.toArray(BundleInfo[]::new);
    }

    private static List<BundleInfo> rows(Verdict verdict) {
        var rows = new ArrayList<BundleInfo>();
        rows.add(row("Verdict", verdict.text(), "What the trust gate thinks of this bundle now"));
        switch (verdict) {
            case Verdict.Trusted trusted -> {
                rows.add(row("Publisher", trusted.publisher(), "Whose policy in conf/trust/publishers admits it"));
                trusted.signatures().forEach(signature -> rows.addAll(rows(signature)));
                rows.add(row("SHA-256", trusted.artifact().digest().hex(), "The digest of the whole file"));
            }
            case Verdict.Refused refused ->
                refused.digest().ifPresent(digest -> rows.add(row("SHA-256", digest.hex(), "The digest of the file")));
        }
        return rows;
    }

    private static List<BundleInfo> rows(Signature signature) {
        return List.of(
                row("Signer", signature.signer(), "The subject of the signer's certificate"),
                row("Algorithm", signature.algorithm(), "How it is signed"),
                row("Signer's key", signature.key().hex(), "The SHA-256 of the signer's public key"),
                row("Certificate ends", signature.notAfter().toString(), "When the signer's certificate expires"));
    }

    private static BundleInfo row(String name, String value, String description) {
        return new BundleInfo(name, value, BundleInfoType.VALUE, description);
    }
}
