package org.openclaw.schema.processor;

import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;

/** The compile errors of one agent type. */
final class Problems {
    private final Messager messager;
    private boolean any;

    Problems(Messager messager) {
        this.messager = messager;
    }

    /** Reports what is wrong, at the place where the author has to change something. */
    void report(Element where, String text) {
        any = true;
        messager.printError(text, where);
    }

    /** Whether something was reported. */
    boolean any() {
        return any;
    }
}
