package io.tidemark.stack;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs several processes of the platform as threads of one JVM: on one machine, a JVM for each would cost more memory than their
 * work does. Each has its own settings and thinks that it is alone. When one fails, all end, and the supervisor starts them
 * again.
 */
public final class HostProcess {

    private static final Logger LOG = LoggerFactory.getLogger(HostProcess.class);
    private static final char SEPARATOR = '=';
    private static final int FAILED = 1;

    private HostProcess() {}

    /**
     * One of the processes, as an argument.
     *
     * @param mainClass class with the main method
     * @param argument its only argument
     */
    public static String argument(Class<?> mainClass, String argument) {
        return mainClass.getName() + SEPARATOR + argument;
    }

    /** Arguments: the processes, each as {@link #argument} writes it. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        List<Thread> threads = new ArrayList<>();
        for (String argument : arguments) {
            int separator = argument.indexOf(SEPARATOR);
            Class<?> mainClass = Class.forName(argument.substring(0, separator));
            Method main = mainClass.getMethod("main", String[].class);
            String[] own = {argument.substring(separator + 1)};
            threads.add(new Thread(() -> run(main, own), mainClass.getSimpleName()));
        }
        threads.forEach(Thread::start);
    }

    private static void run(Method main, String[] arguments) {
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            end(main, e.getCause());
        } catch (IllegalAccessException e) {
            end(main, e);
        }
    }

    private static void end(Method main, Throwable failure) {
        LOG.error(
                "{} failed, and with it all processes of this JVM",
                main.getDeclaringClass().getName(),
                failure);
        System.exit(FAILED);
    }
}
