// Sends model calls through an unmodified client library to the gateway. Arguments: library, exporter, address of the gateway, key.
// The model is a stand-in in this process: no call leaves the machine.
const http = require('node:http');
const { context, trace, SpanKind } = require('@opentelemetry/api');
const { NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');

const [library, exporter, address, key] = process.argv.slice(2);

const answer = {
  id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'llama-3.1-8b-instruct-ft7',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Write to bob@example.com.' } }],
  usage: { prompt_tokens: 42, completion_tokens: 17, total_tokens: 59 },
};

function spanExporter() {
  const headers = { authorization: `Bearer ${key}` };
  if (exporter === 'grpc') {
    const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-grpc');
    const { Metadata } = require('@grpc/grpc-js');
    const metadata = new Metadata();
    metadata.set('x-api-key', key);
    return new OTLPTraceExporter({ url: address, metadata, compression: 'gzip' });
  }
  const { OTLPTraceExporter } = require(`@opentelemetry/exporter-trace-otlp-${exporter}`);
  return new OTLPTraceExporter({ url: `${address}/v1/traces`, headers, compression: 'gzip' });
}

function processor() {
  if (library === 'langfuse') {
    const { LangfuseSpanProcessor } = require('@langfuse/otel');
    return new LangfuseSpanProcessor({ publicKey: 'pk-lf-test', secretKey: key, baseUrl: address, flushAt: 1 });
  }
  return new SimpleSpanProcessor(spanExporter());
}

function instrumentation() {
  switch (library) {
    case 'opentelemetry': return new (require('@opentelemetry/instrumentation-openai').OpenAIInstrumentation)();
    case 'traceloop': return new (require('@traceloop/instrumentation-openai').OpenAIInstrumentation)();
    case 'openinference': return new (require('@arizeai/openinference-instrumentation-openai').OpenAIInstrumentation)();
    default: return null;
  }
}

async function langfuseCall(parent) {
  const { startObservation } = require('@langfuse/tracing');
  const generation = startObservation('answer', { model: 'llama-3.1-8b', input: 'where is my order?' },
    { asType: 'generation', parentSpanContext: parent.spanContext() });
  generation.update({ output: 'on its way', usageDetails: { input: 42, output: 17 }, costDetails: { total: 0.00012 } });
  generation.end();
}

async function vercelCall(port) {
  const { generateText } = require('ai');
  const { createOpenAICompatible } = require('@ai-sdk/openai-compatible');
  const models = createOpenAICompatible({ name: 'openai', apiKey: 'test', baseURL: `http://127.0.0.1:${port}/v1` });
  await generateText({
    model: models('llama-3.1-8b'), prompt: 'My card is 4111 1111 1111 1111, where is my order?',
    experimental_telemetry: { isEnabled: true },
  });
}

// vLLM is no client of npm: this is what its documentation says that it sends.
function vllmCall() {
  trace.getTracer('vllm').startSpan('llm_request', { kind: SpanKind.SERVER, attributes: {
    'gen_ai.request.id': 'cmpl-1', 'gen_ai.response.model': 'llama-3.1-8b', 'gen_ai.usage.prompt_tokens': 42,
    'gen_ai.usage.completion_tokens': 17, 'gen_ai.latency.time_in_queue': 0.004, 'gen_ai.latency.time_to_first_token': 0.123,
    'gen_ai.latency.e2e': 0.9 } }).end();
}

async function openaiCall(port) {
  const { OpenAI } = require('openai');
  const client = new OpenAI({ apiKey: 'test', baseURL: `http://127.0.0.1:${port}/v1` });
  await client.chat.completions.create({
    model: 'llama-3.1-8b', messages: [{ role: 'user', content: 'My card is 4111 1111 1111 1111, where is my order?' }],
  });
}

const calls = { langfuse: (port, parent) => langfuseCall(parent), vercel: vercelCall, vllm: vllmCall };

async function main() {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `client-${library}-${exporter}` }), spanProcessors: [processor()],
  });
  provider.register();
  const instrument = instrumentation();
  if (instrument) {
    registerInstrumentations({ tracerProvider: provider, instrumentations: [instrument] });
  }
  if (library === 'traceloop' || library === 'openinference') {
    instrument.manuallyInstrument(library === 'traceloop' ? require('openai').OpenAI : require('openai'));
  }
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const parent = trace.getTracer('application').startSpan('POST /v1/assist', {
    kind: SpanKind.SERVER,
    attributes: { 'tidemark.version.prompt': 'refund-v12', 'tidemark.version.base_model': 'llama-3.1-8b', 'tidemark.intent': 'refund' },
  });
  await context.with(trace.setSpan(context.active(), parent), async () => {
    await (calls[library] || openaiCall)(server.address().port, parent);
  });
  parent.end();
  await provider.forceFlush();
  await provider.shutdown();
  server.close();
  console.log(parent.spanContext().traceId);
}

main().catch((failure) => { console.error(failure); process.exit(1); });
