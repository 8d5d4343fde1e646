package io.tidemark.benchmarks.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A kept-open HTTP connection that costs the machine as little as possible, so that the gateway has it. */
final class PlainConnection implements AutoCloseable {

    private static final int STATUS_START = 9;
    private static final int STATUS_END = 12;

    private final Socket socket;
    private final OutputStream output;
    private final InputStream input;

    PlainConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        output = socket.getOutputStream();
        input = new BufferedInputStream(socket.getInputStream());
    }

    static byte[] request(byte[] gzipped, String key) {
        String head = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-protobuf\r\n"
                + "content-encoding: gzip\r\nauthorization: Bearer " + key + "\r\ncontent-length: " + gzipped.length
                + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(gzipped);
        return bytes.toByteArray();
    }

    /** Sends a request and reads its answer. @return HTTP status */
    int exchange(byte[] request) throws IOException {
        output.write(request);
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        input.skipNBytes(length);
        return Integer.parseInt(status.substring(STATUS_START, STATUS_END));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new IOException("the gateway closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
