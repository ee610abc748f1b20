package org.openclaw.agent;

/**
 * Something from outside that a turn waits for: an approval, an event of another system. Whoever knows the id answers it, once; see
 * {@link Turn#signal}.
 *
 * @param id by which it is answered, with {@code POST /v1/signals/{id}}; who knows neither it nor the receipt of the message cannot guess it
 * @param name as the turn has named it
 * @param answer what the answer is read as
 */
public record Signal<T>(String id, String name, Class<T> answer) {}
