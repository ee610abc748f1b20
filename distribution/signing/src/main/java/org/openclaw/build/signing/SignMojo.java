package org.openclaw.build.signing;

import java.io.File;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** The goal {@code openclaw:sign}. Maven fills the fields, as {@code META-INF/maven/plugin.xml} says. */
public final class SignMojo extends AbstractMojo {
    private @Nullable File jar;
    private @Nullable File installation;
    private @Nullable File home;
    private @Nullable String publisher;
    private @Nullable File passphraseFile;
    private boolean sign = true;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        var built = jar;
        if (built == null) {
            getLog().debug("There is no jar to sign.");
            return;
        }
        if (!sign) {
            getLog().warn("Not signed: " + built.getName()
                    + " (openclaw.sign is false). No container takes it like this.");
            return;
        }
        try {
            getLog().info(Signature.of(built, installation, home, publisher, passphraseFile)
                    .make());
        } catch (UnsignedException failed) {
            throw new MojoFailureException(failed.getMessage());
        }
    }
}
