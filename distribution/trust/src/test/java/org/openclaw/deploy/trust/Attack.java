package org.openclaw.deploy.trust;

/**
 * One way to get a jar past the gate.
 *
 * @param name what is tried
 * @param code the reason it must be refused for
 * @param strike makes the jar, and changes the trust store where that belongs to the attack
 */
record Attack(String name, String code, Strike strike) {
    /** Makes the hostile jar. */
    @FunctionalInterface
    interface Strike {
        byte[] against(Scene scene) throws Exception;
    }

    /** Changes an honest jar. */
    @FunctionalInterface
    interface Change {
        void apply(JarForge jar) throws Exception;
    }

    /** Changes a bundle before it is signed by a trusted key. */
    @FunctionalInterface
    interface Preparation {
        void apply(SignatureForge bundle) throws Exception;
    }

    /** What somebody does to a jar that the publisher signed. */
    static Attack onSigned(String name, String code, Change change) {
        return new Attack(name, code, scene -> {
            var jar = scene.jar();
            change.apply(jar);
            return jar.toBytes();
        });
    }

    /** What a publisher is made to sign, or signs by mistake. */
    static Attack signed(String name, String code, Preparation preparation) {
        return new Attack(name, code, scene -> {
            var bundle = scene.bundle();
            preparation.apply(bundle);
            return bundle.jar(scene.cast.leaf()).toBytes();
        });
    }

    @Override
    public String toString() {
        return name + " -> " + code;
    }
}
