package org.openclaw.launcher.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentNameTest {
    @ParameterizedTest
    @CsvSource({
        "order-desk, order-desk, orderdesk, OrderDesk, order-desk",
        "a,          a,          a,         A,         a",
        "x.y,        x.y,        xy,        XY,        x.y",
        "class,      class,      class_,    Class,     class",
        "n-ew,       n-ew,       new_,      NEw,       n-ew",
        "java,       java,       java_,     Java,      java",
        "b2-4u,      b2-4u,      b24u,      B24u,      b2-4u",
        "a..b-.,     a.b-,       ab,        AB,        a..b",
    })
    void namesTheProjectAfterTheType(
            String name, String artifact, String javaPackage, String prefix, String publisher) {
        var agent = new AgentName(name);

        assertThat(agent)
                .returns(artifact, AgentName::artifact)
                .returns(javaPackage, each -> each.javaPackage().name())
                .returns(prefix, AgentName::classPrefix)
                .returns(publisher, AgentName::publisher);
    }

    @Test
    void takesTheLongestNameAndNoneLonger() {
        assertThat(new AgentName("a".repeat(63)).javaPackage().name()).hasSize(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AgentName("a".repeat(64)))
                .withMessageEndingWith("'" + "a".repeat(63) + "' would do.");
    }

    @ParameterizedTest
    @CsvSource({
        "OrderDesk,   order-desk",
        "Order_Desk,  order-desk",
        "9lives,      lives",
        "order desk!, order-desk",
        "Bücher,      b-cher",
    })
    void saysWhichNameWouldDo(String wrong, String near) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AgentName(wrong))
                .withMessageStartingWith("'" + wrong + "' is no name of an agent type (expected: a lower-case letter,")
                .withMessageEndingWith("'" + near + "' would do.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "..", "ü"})
    void suggestsNothingWhereThereIsNothingNear(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AgentName(wrong))
                .withMessageEndingWith("'.' or '-').");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.orders", "orders", "com.acme2._orders", "record", "javax.orders"})
    void takesAPackageOfTheAuthorsOwn(String name) {
        assertThat(new JavaPackage(name).path()).isEqualTo(name.replace('.', '/'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com..acme", "com.class", "2nd", "a-b", "java.orders", "java", "org.openclaw.agent"})
    void refusesAPackageThatCannotBeThere(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JavaPackage(name))
                .withMessageStartingWith("'" + name + "' is ")
                .withMessageContaining("expected:");
    }
}
