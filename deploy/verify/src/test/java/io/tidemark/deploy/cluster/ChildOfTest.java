package io.tidemark.deploy.cluster;

import io.tidemark.platform.process.Lifeline;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Main class that runs another one and ends with the test. */
final class ChildOfTest {

    private ChildOfTest() {}

    /**
     * Runs the main method of a class.
     *
     * @param arguments the class, then its arguments
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Lifeline.exitWhenParentIsGone();
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) own);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }
}
