/**
 * The service's official `.proto` files, as the development dependency `clarifai-nodejs-grpc` ships them, read once
 * with their own (snake_case) field names.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import protobuf from 'protobufjs';

const PACKAGES = path.join(import.meta.dirname, '../../../node_modules');
const CLARIFAI = path.join(PACKAGES, 'clarifai-nodejs-grpc');
const PROTOBUFJS = path.join(PACKAGES, 'protobufjs');

/** Full name of the service that carries the REST routes. */
export const SERVICE_NAME = 'clarifai.api.V2';

/** The file that declares the service; it imports all others. */
export const SERVICE_FILE = path.join(CLARIFAI, 'proto/clarifai/api/service.proto');

function loadProtos(): protobuf.Root {
  const root = new protobuf.Root();
  // google/api/*.proto come with protobufjs, the rest with the service's own package.
  root.resolvePath = (_origin, target) =>
    [CLARIFAI, PROTOBUFJS].map((folder) => path.join(folder, target)).find((file) => existsSync(file)) ??
    target;
  root.loadSync(SERVICE_FILE, { keepCase: true });
  root.resolveAll();
  return root;
}

/** Every message, enum and route of the service. */
export const PROTOS: protobuf.Root = loadProtos();
