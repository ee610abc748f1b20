package org.openclaw.deploy;

import java.time.Instant;
import java.util.Optional;

/**
 * One verified signature of an artifact.
 *
 * @param algorithm the name of the signature algorithm, such as {@code Ed25519} or {@code ML-DSA-65}
 * @param signer the subject of the signer's certificate, as an RFC 4514 name
 * @param key the SHA-256 of the signer's SubjectPublicKeyInfo
 * @param anchor the SHA-256 of the SubjectPublicKeyInfo of the anchor that the chain ends in
 * @param notAfter when the signer's certificate expires
 * @param timestamp when a trusted authority saw the signature, if it did
 */
public record Signature(
        String algorithm, String signer, Digest key, Digest anchor, Instant notAfter, Optional<Instant> timestamp) {}
