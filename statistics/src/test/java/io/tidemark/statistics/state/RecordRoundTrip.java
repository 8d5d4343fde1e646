package io.tidemark.statistics.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Writes the components of a state record to bytes and rebuilds it with its canonical constructor, as a stream processor
 * does: what survives is all that the state may rely on. Fails for a record that is not public or holds another type.
 */
public final class RecordRoundTrip {

    private RecordRoundTrip() {}

    public static <T extends Record> T restore(T state) {
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) state.getClass();
            if (!Modifier.isPublic(type.getModifiers())) {
                throw new AssertionError(type + " is not public");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (RecordComponent component : type.getRecordComponents()) {
                write(out, component.getAccessor().invoke(state));
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            RecordComponent[] components = type.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = read(in, components[i].getType());
            }
            return type.getConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot rebuild " + state, impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof int[] numbers) {
            out.writeInt(numbers.length);
            for (int number : numbers) {
                out.writeInt(number);
            }
        } else if (value instanceof long[] numbers) {
            out.writeInt(numbers.length);
            for (long number : numbers) {
                out.writeLong(number);
            }
        } else if (value instanceof double[] numbers) {
            out.writeInt(numbers.length);
            for (double number : numbers) {
                out.writeDouble(number);
            }
        } else {
            throw new AssertionError("a state must not hold " + value);
        }
    }

    private static Object read(DataInputStream in, Class<?> type) throws IOException {
        if (type == int.class) {
            return in.readInt();
        } else if (type == long.class) {
            return in.readLong();
        } else if (type == double.class) {
            return in.readDouble();
        } else if (type == boolean.class) {
            return in.readBoolean();
        } else if (type == int[].class) {
            int[] numbers = new int[in.readInt()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readInt();
            }
            return numbers;
        } else if (type == long[].class) {
            long[] numbers = new long[in.readInt()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readLong();
            }
            return numbers;
        } else {
            double[] numbers = new double[in.readInt()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readDouble();
            }
            return numbers;
        }
    }
}
