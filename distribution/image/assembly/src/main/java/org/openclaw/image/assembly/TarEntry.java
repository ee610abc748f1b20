package org.openclaw.image.assembly;

/**
 * What a tar says of a file.
 *
 * @param name its path, without a slash at either end
 * @param type {@code '0'} a file, {@code '5'} a folder, and others, see {@code ustar}
 * @param mode its permission bits, with setuid, setgid and sticky
 * @param size in bytes; 0 for what is no file
 */
public record TarEntry(String name, char type, int mode, long uid, long gid, long size) {
    public boolean isFile() {
        return type == '0';
    }

    public boolean isFolder() {
        return type == '5';
    }
}
