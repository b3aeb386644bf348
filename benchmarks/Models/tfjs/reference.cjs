// Runs a TensorFlow.js graph model with the wasm back end: node reference.cjs REQUEST.json
// REQUEST: model, weights (files), input (file of 32-bit floats), shape, integer (whether the model takes integers),
// outputs (node, map: channels first), to (folder for one file of 32-bit floats an output, named by its number).
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const { loadGraphModel } = require('@tensorflow/tfjs-converter');

async function main(request) {
  wasm.setWasmPaths(path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
  await tf.setBackend('wasm');
  await tf.ready();
  const json = JSON.parse(fs.readFileSync(request.model));
  const bytes = fs.readFileSync(request.weights);
  const model = await loadGraphModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      format: json.format,
      signature: json.signature,
      userDefinedMetadata: json.userDefinedMetadata,
    }),
  });
  const read = fs.readFileSync(request.input);
  const numbers = new Float32Array(read.buffer.slice(read.byteOffset, read.byteOffset + read.length));
  const input = tf.tensor(numbers, request.shape);
  const found = model.execute(request.integer ? tf.cast(input, 'int32') : input, request.outputs.map((output) => output.node));
  const outputs = Array.isArray(found) ? found : [found];
  for (let i = 0; i < outputs.length; i++) {
    const values = await (request.outputs[i].map ? tf.transpose(outputs[i], [0, 3, 1, 2]) : outputs[i]).data();
    fs.writeFileSync(path.join(request.to, String(i)), Buffer.from(Float32Array.from(values).buffer));
  }
  console.log(`${tf.getBackend()} ${tf.version_core}`);
}

main(JSON.parse(fs.readFileSync(process.argv[2]))).catch((error) => {
  console.error(error.stack || error.message);
  process.exit(1);
});
