package org.openclaw.schema.processor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * For each class that carries {@code @AgentType}: checks that it can be an agent type, writes its descriptor, and
 * declares it as a capability of the bundle.
 *
 * <p>The declaration is a generated class that carries bnd's {@code @Capability}, so any build that makes its bundle
 * with bnd gets the {@code Provide-Capability} header without a line of configuration. Nothing is written for a
 * class with errors.
 */
@SupportedAnnotationTypes("org.openclaw.agent.AgentType")
public final class AgentTypeProcessor extends AbstractProcessor {
    private static final String CAPABILITY = "org.osgi.annotation.bundle.Capability";

    private final Map<String, String> classesByType = new HashMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)).forEach(this::declare);
        }
        return false; // bnd and Declarative Services read the same annotation
    }

    private void declare(TypeElement agent) {
        var problems = new Problems(processingEnv.getMessager());
        Elements elements = processingEnv.getElementUtils();
        if (elements.getTypeElement(CAPABILITY) == null) {
            problems.report(
                    agent,
                    ("%s: %s is not on the class path, so its bundle could not declare the agent type. Add"
                                    + " org.osgi:osgi.annotation as a provided dependency.")
                            .formatted(agent, CAPABILITY));
            return;
        }
        new AgentReader(elements, processingEnv.getTypeUtils(), problems)
                .read(agent)
                .ifPresent(descriptor -> write(descriptor, agent, problems));
    }

    private void write(Descriptor descriptor, TypeElement agent, Problems problems) {
        String other = classesByType.putIfAbsent(descriptor.agentType(), descriptor.agentClass());
        if (other != null) {
            problems.report(
                    agent,
                    "%s and %s are both the agent type '%s' (expected: one class for each type)."
                            .formatted(other, agent, descriptor.agentType()));
            return;
        }
        try {
            String text = descriptor.text();
            writeDescriptor(descriptor.path(), text, agent);
            writeDeclaration(descriptor, Digest.of(text), agent);
        } catch (IOException e) {
            problems.report(
                    agent,
                    "%s: its descriptor %s could not be written: %s. Clean the output folder and compile again."
                            .formatted(agent, descriptor.path(), e.getMessage()));
        }
    }

    private void writeDescriptor(String path, String text, Element origin) throws IOException {
        Filer filer = processingEnv.getFiler();
        try (OutputStream out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", path, origin)
                .openOutputStream()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void writeDeclaration(Descriptor descriptor, String digest, TypeElement agent) throws IOException {
        String packageName = processingEnv
                .getElementUtils()
                .getPackageOf(agent)
                .getQualifiedName()
                .toString();
        String className = simpleName(agent) + "Declaration";
        String source = """
                %s/** Declares the agent type '%s' as a capability of its bundle. */
                @javax.annotation.processing.Generated("%s")
                @%s(
                        namespace = "org.openclaw.agent",
                        name = "%s",
                        attribute = {"path=%s", "digest=%s"})
                final class %s {
                    private %s() {}
                }
                """.formatted(
                        packageName.isEmpty() ? "" : "package %s;\n\n".formatted(packageName),
                        descriptor.agentType(),
                        AgentTypeProcessor.class.getName(),
                        CAPABILITY,
                        descriptor.agentType(),
                        descriptor.path(),
                        digest,
                        className,
                        className);
        String qualified = packageName.isEmpty() ? className : packageName + "." + className;
        try (Writer out =
                processingEnv.getFiler().createSourceFile(qualified, agent).openWriter()) {
            out.write(source);
        }
    }

    private static String simpleName(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement outer
                ? simpleName(outer) + "_" + type.getSimpleName()
                : type.getSimpleName().toString();
    }
}
