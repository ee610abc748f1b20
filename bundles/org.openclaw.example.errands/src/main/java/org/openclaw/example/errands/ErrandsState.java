package org.openclaw.example.errands;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an agent remembers.
 *
 * @param open the tasks that are not done, oldest first
 * @param added how many tasks there have been
 */
public record ErrandsState(List<Task> open, int added) {
    static final ErrandsState EMPTY = new ErrandsState(List.of(), 0);

    public ErrandsState {
        open = List.copyOf(open);
    }

    /**
     * Something to do.
     *
     * @param number its number, from 1 on
     * @param task what is to be done
     * @param overdue whether it has been open for long
     */
    public record Task(int number, String task, boolean overdue) {}

    ErrandsState with(String task) {
        Task next = new Task(added + 1, task, false);
        return new ErrandsState(Stream.concat(open.stream(), Stream.of(next)).toList(), next.number());
    }

    ErrandsState without(int number) {
        return new ErrandsState(
                open.stream().filter(task -> task.number() != number).toList(), added);
    }

    ErrandsState overdue(int number) {
        return new ErrandsState(
                open.stream()
                        .map(task -> task.number() == number ? new Task(number, task.task(), true) : task)
                        .toList(),
                added);
    }
}
