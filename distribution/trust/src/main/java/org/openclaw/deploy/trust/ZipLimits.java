package org.openclaw.deploy.trust;

/**
 * How much a jar may hold. The limits are compared with the declared sizes before anything is inflated; inflating stops at
 * the declared size.
 *
 * @param entries how many entries
 * @param entrySize bytes of one entry, inflated
 * @param totalSize bytes of all entries, inflated
 * @param ratio how many times larger an entry may become by inflating, unless it stays below {@code smallSize}
 * @param smallSize bytes up to which the ratio is not looked at
 */
record ZipLimits(int entries, long entrySize, long totalSize, int ratio, long smallSize) {
    /** What a bundle may hold. */
    static ZipLimits bundle() {
        return new ZipLimits(50_000, 512L << 20, 1L << 30, 200, 1L << 20);
    }

    boolean isBomb(long size, long compressedSize) {
        return size > smallSize && size / ratio > compressedSize;
    }
}
