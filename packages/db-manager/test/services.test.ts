import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ClientReadableStream, credentials, loadPackageDefinition, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { describe, expect, test } from 'vitest';
import { connect, failure, methodsOf, type TestClient } from './client.ts';
import { start } from './server.ts';

function watch(client: TestClient, service: string): ClientReadableStream<{ status: string }> {
  const method = methodsOf('grpc.health.v1.Health').Watch;
  if (method === undefined) throw new Error('no Watch');
  return client.grpc.makeServerStreamRequest(
    method.path,
    method.requestSerialize,
    (bytes) => method.responseDeserialize(bytes) as { status: string },
    { service },
  );
}

describe('health', () => {
  test.each(['', 'grpc.health.v1.Health'])('Check of "%s" is SERVING', async (service) => {
    const db = await start();
    expect(await connect(db.address).call('Check', { service })).toEqual({ status: 'SERVING' });
  });

  test.each(['api.v1.beta1.DBManager', 'none'])('Check of "%s" fails as Katib fails it', async (service) => {
    const db = await start();
    const error = await failure(connect(db.address).call('Check', { service }));
    expect(error.code).toBe(status.UNKNOWN);
    expect(error.details).toMatch(/^grpc\.health\.v1\.Health can only be accepted/);
  });

  test.each([
    ['', 'SERVING'],
    ['none', 'SERVICE_UNKNOWN'],
  ])('Watch of "%s" answers %s and ends with the server', async (service, answer) => {
    const db = await start();
    const stream = watch(connect(db.address), service);
    const seen: string[] = [];
    for await (const reply of stream) {
      seen.push((reply as { status: string }).status);
      void db.close();
    }
    expect(seen).toEqual([answer]);
  });
});

describe('reflection', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@grpc/reflection/package.json'));

  test.each(['v1', 'v1alpha'])('%s lists the services and describes DBManager', async (version) => {
    const db = await start();
    const proto = join(folder, `build/proto/grpc/reflection/${version}/reflection.proto`);
    // biome-ignore lint/suspicious/noExplicitAny: a client made at run time
    const services = loadPackageDefinition(loadSync(proto, { keepCase: true, oneofs: true })) as any;
    const client = new services.grpc.reflection[version].ServerReflection(
      db.address,
      credentials.createInsecure(),
    );
    const stream = client.ServerReflectionInfo();
    const ask = (request: object) =>
      // biome-ignore lint/suspicious/noExplicitAny: as above
      new Promise<any>((resolve) => {
        stream.once('data', resolve);
        stream.write(request);
      });

    const list = await ask({ list_services: '' });
    const names = list.list_services_response.service.map((service: { name: string }) => service.name);
    expect(names.sort()).toEqual(['api.v1.beta1.DBManager', 'grpc.health.v1.Health']);

    const found = await ask({ file_containing_symbol: 'api.v1.beta1.DBManager' });
    const file = Buffer.concat(found.file_descriptor_response.file_descriptor_proto).toString('latin1');
    expect(file).toContain('ReportObservationLogRequest');

    const missing = await ask({ file_containing_symbol: 'api.v1.beta1.Suggestion' });
    expect(missing.error_response.error_code).toBe(status.NOT_FOUND);
    stream.end();
    client.close();
  });
});

test('an unknown method is UNIMPLEMENTED', async () => {
  const db = await start();
  expect((await failure(connect(db.address).raw('Nothing', Buffer.alloc(0)))).code).toBe(
    status.UNIMPLEMENTED,
  );
});
