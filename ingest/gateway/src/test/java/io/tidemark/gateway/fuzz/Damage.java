package io.tidemark.gateway.fuzz;

import java.util.Arrays;
import java.util.Random;

/** What can happen to a body on its way, or be done to it on purpose. */
public final class Damage {

    private Damage() {}

    /** A damaged copy. */
    public static byte[] apply(byte[] body, Random random) {
        byte[] damaged = body.clone();
        int times = 1 + random.nextInt(6);
        for (int i = 0; i < times && damaged.length > 2; i++) {
            damaged = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(damaged, random.nextInt(damaged.length));
                case 1, 2 -> flipped(damaged, random);
                case 3 -> overwritten(damaged, random);
                case 4 -> repeated(damaged, random);
                default -> removed(damaged, random);
            };
        }
        return damaged;
    }

    private static byte[] flipped(byte[] body, Random random) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        return body;
    }

    private static byte[] overwritten(byte[] body, Random random) {
        byte[] noise = new byte[1 + random.nextInt(12)];
        random.nextBytes(noise);
        int at = random.nextInt(body.length);
        System.arraycopy(noise, 0, body, at, Math.min(noise.length, body.length - at));
        return body;
    }

    private static byte[] repeated(byte[] body, Random random) {
        int from = random.nextInt(body.length);
        int to = from + random.nextInt(body.length - from);
        return concat(Arrays.copyOf(body, to), Arrays.copyOfRange(body, from, body.length));
    }

    private static byte[] removed(byte[] body, Random random) {
        int from = random.nextInt(body.length);
        int to = from + random.nextInt(body.length - from);
        return concat(Arrays.copyOf(body, from), Arrays.copyOfRange(body, to, body.length));
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
