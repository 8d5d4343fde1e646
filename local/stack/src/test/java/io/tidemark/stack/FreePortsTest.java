package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void aBusyPortIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> FreePorts.choose(busy.getLocalPort(), "Kafka broker"))
                    .isInstanceOf(StackException.class)
                    .hasMessage(
                            "Port %d on 127.0.0.1, asked for by the Kafka broker, is in use; stop what listens there "
                                            .formatted(busy.getLocalPort())
                                    + "or choose another port.");
        }
    }

    @Test
    void zeroAsksForAFreePortBelowThoseOfOutgoingConnections() {
        assertThat(FreePorts.choose(0, "Kafka broker")).isBetween(1024, 32_767);
    }
}
