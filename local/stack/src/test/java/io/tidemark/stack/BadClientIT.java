package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.stack.clickhouse.EngineHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that misbehave must not end the engine: run without the precautions of its child process it aborts at the first of these.
 * These tests decide whether another version of the library may be taken.
 */
class BadClientIT {

    private static final int CONNECTIONS = 300;
    private static final byte[] TLS_HELLO = HexFormat.of()
            .parseHex("16030100c8010000c40303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");

    @TempDir
    private static Path directory;

    private static EmbeddedClickHouse engine;
    private static int port;
    private static EngineHttp http;

    @BeforeAll
    static void start() {
        engine = EmbeddedClickHouse.start(directory, 0);
        port = URI.create(engine.httpUrl()).getPort();
        http = new EngineHttp(port, engine.password());
        assertThat(http.ask("CREATE TABLE tidemark.rows (a UInt64) ENGINE = MergeTree ORDER BY a"))
                .isPresent();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @AfterEach
    void theEngineStillAnswers() {
        assertThat(http.ask("SELECT 40 + 2")).contains("42");
        assertThat(engine.isAlive()).isTrue();
    }

    @Test
    void garbageBytes() throws IOException {
        sendAndClose(new byte[] {0, 1, 2, 3, (byte) 0xFF, (byte) 0xFE, 10, 13, 10, 0, 42, (byte) 0x80});
    }

    @Test
    void garbageInTheMiddleOfAConnection() throws IOException {
        sendAndClose("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n\u0000\u0001garbage\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aTlsHello() throws IOException {
        sendAndClose(TLS_HELLO);
    }

    @Test
    void aTlsHelloAndAReset() throws IOException {
        sendAndReset(TLS_HELLO, 0);
    }

    @Test
    void aCloseAfterHalfAHeader() throws IOException {
        sendAndClose("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Click".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aResetAfterHalfAHeader() throws IOException {
        sendAndReset("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Click".getBytes(StandardCharsets.US_ASCII), 0);
    }

    @Test
    void aResetInTheMiddleOfAnInsert() throws IOException {
        String request = post("INSERT%20INTO%20tidemark.rows%20FORMAT%20TabSeparated", 1_000_000);
        sendAndReset((request + "1\n2\n3\n4").getBytes(StandardCharsets.US_ASCII), 0);
        assertThat(http.ask("SELECT count() FROM tidemark.rows")).contains("0");
    }

    @Test
    void aCloseInTheMiddleOfAnInsert() throws IOException {
        String request = post("INSERT%20INTO%20tidemark.rows%20FORMAT%20TabSeparated", 1_000_000);
        sendAndClose((request + "1\n2\n3\n4").getBytes(StandardCharsets.US_ASCII));
        assertThat(http.ask("SELECT count() FROM tidemark.rows")).contains("0");
    }

    @Test
    void aResetInTheMiddleOfASelect() throws IOException {
        String request = post("SELECT%20number%20FROM%20numbers(1000000000)", 0);
        sendAndReset(request.getBytes(StandardCharsets.US_ASCII), 10_000);
    }

    @Test
    void aBodyThatIsNotCompressedAsItSays() throws IOException {
        String request = post("INSERT%20INTO%20tidemark.rows%20FORMAT%20Native&decompress=1", 20);
        sendAndClose((request + "this is no LZ4 frame").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void manyConnectionsThatSayNothing() throws IOException {
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            sendAndClose(new byte[0]);
        }
    }

    private static String post(String query, int length) {
        String login = Base64.getEncoder()
                .encodeToString((engine.user() + ":" + engine.password()).getBytes(StandardCharsets.US_ASCII));
        return "POST /?query=%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(query, login, length);
    }

    private static void sendAndClose(byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
    }

    private static void sendAndReset(byte[] bytes, int answerBytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            assertThat(socket.getInputStream().readNBytes(answerBytes)).hasSize(answerBytes);
            // a linger of 0 makes the close a reset
            socket.setSoLinger(true, 0);
        }
    }
}
