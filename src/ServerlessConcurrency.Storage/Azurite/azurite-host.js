'use strict';
// Runs Azurite in this process for as long as at least one program holds a lease on it: a connection to the control port.
// A lease ends with its program, however that ends, so no Azurite is ever left behind.
//
// node azurite-host.js AZURITE_SCRIPT KNOWN_VERSION FOLDER [AZURITE_OPTION...]

const crypto = require('crypto');
const fs = require('fs');
const Module = require('module');
const net = require('net');
const os = require('os');
const path = require('path');
const util = require('util');

const [azuriteScript, knownVersion, folder, ...azuriteOptions] = process.argv.slice(2);
const instanceFile = path.join(folder, 'instance.json');
const token = crypto.randomBytes(16).toString('hex');
// A program that cannot reach this one, in another container or on another machine that has the same folder, sees by it that it lives.
const BEAT_MS = 1000;
const ports = {};
const leases = new Set();
const closed = new Set();
const lastTold = new Set();
let loaded = false;
let starterWaits = true;
let stopAzurite = null;
let closing = false;
let write = text => process.stderr.write(text);

const isReady = () => stopAzurite !== null && ['Blob', 'Queue', 'Table'].every(service => service in ports);

function log(text) {
  try {
    write(text + '\n');
  } catch {
    // The disk is full, say, which may be what is to be logged.
  }
}

const send = (socket, state) => socket.write(JSON.stringify(state) + '\n');

function answer(socket) {
  send(socket, closing ? { state: 'closing' } : { state: 'ready', blob: ports.Blob, queue: ports.Queue, table: ports.Table });
  if (closing)
    lastTold.add(socket);
}

function whenReady() {
  if (!isReady() || closing)
    return;
  // From here on nobody may be left to read the standard streams.
  const file = fs.openSync(path.join(folder, 'azurite.log'), 'w');
  write = text => fs.writeSync(file, text);
  leases.forEach(answer);
  closeUnlessNeeded();
}

function closeUnlessNeeded() {
  if (starterWaits || leases.size > 0 || closing || !isReady())
    return;
  close();
}

// Azurite writes its data and ends its listeners; with nothing left to do, node ends by itself. The sockets of leases stay
// open until then: their end tells whoever waits that this process is gone and its folder free.
function close() {
  closing = true;
  control.unref();
  process.stdin.unref();
  leases.forEach(socket => { answer(socket); socket.unref(); });
  setTimeout(() => process.exit(0), 20000).unref();
  stopAzurite();
}

function accept(socket) {
  let received = '';
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', text => {
    received += text;
    if (received !== token + '\n') {
      if (received.length > token.length)
        socket.destroy();
      return;
    }
    leases.add(socket);
    if (closing)
      socket.unref();
    if (closing || isReady())
      answer(socket);
  });
  const end = () => {
    if (leases.delete(socket))
      closeUnlessNeeded();
    if (socket.destroyed)
      return;
    if (closing) {
      answer(socket);
      socket.unref();
    } else {
      // Others need it still.
      send(socket, { state: 'left' });
      socket.end();
    }
  };
  socket.on('end', end);
  socket.on('close', end);
}

// Whether Ctrl+C, the end of a session or a closed terminal ends the programs is theirs to decide: they may still have
// results to store. Azurite's own handlers are kept out, all but the one that shuts it down.
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(signal => process.on(signal, () => {}));
const once = process.once;
process.once = function (event, listener) {
  if (event === 'message') {
    stopAzurite = () => listener('shutdown');
    setImmediate(whenReady);
    return this;
  }
  return event === 'SIGINT' || event === 'SIGTERM' ? this : once.call(this, event, listener);
};

// Half of what is loaded is for features that are not used; of a version that is not known, all of it is loaded.
const unused = {
  // Telemetry is off.
  applicationinsights: {},
  // So is OAuth.
  jsonwebtoken: {},
  // Data is in files, not in a database.
  sequelize: { Model: class {} },
  // Only a client would have cookies.
  'tough-cookie': {},
};
const isKnown = version() === knownVersion;
const load = Module._load;
Module._load = function (request, ...rest) {
  return isKnown && Object.hasOwn(unused, request) ? unused[request] : load.call(this, request, ...rest);
};

// The ports were chosen by the system; Azurite tells them in what it writes.
console.log = (...words) => {
  const line = util.format(...words);
  const listening = /^Azurite (Blob|Queue|Table) service is successfully listening at .*:(\d+)$/.exec(line);
  if (listening)
    ports[listening[1]] = Number(listening[2]);
  if (closing)
    log(line);
  // Only then its data is on the disk. Who closed it waits for that.
  const end = /^Azurite (Blob|Queue|Table) service successfully closed$/.exec(line);
  if (end && closed.add(end[1]).size === 3)
    lastTold.forEach(socket => send(socket, { state: 'saved' }));
};
console.error = console.warn = (...words) => log(util.format(...words));

process.on('uncaughtException', error => {
  log(error.stack || String(error));
  process.exitCode = 1;
  if (!isReady() && !closing)
    process.exit(1);
  if (!closing)
    close();
  lastTold.forEach(socket => send(socket, { state: 'failed', reason: error.message }));
  // What can still be saved is.
  setTimeout(() => process.exit(1), 3000).unref();
});

function version() {
  try {
    return require(path.join(path.dirname(azuriteScript), '..', '..', 'package.json')).version;
  } catch {
    return undefined;
  }
}

function owner() {
  try {
    return JSON.parse(fs.readFileSync(instanceFile, 'utf8')).token;
  } catch {
    return undefined;
  }
}

process.on('exit', () => {
  if (owner() === token)
    fs.unlinkSync(instanceFile);
});

setInterval(() => {
  const now = new Date();
  if (owner() === token) {
    fs.utimes(instanceFile, now, now, () => {});
  } else if (loaded && owner() !== undefined) {
    // This one was stopped for so long that another has taken its folder: nothing may be saved any more.
    log('another Azurite has the folder');
    process.exit(1);
  }
}, BEAT_MS).unref();

// The starter writes instance.json while it alone may start an Azurite on the folder, and only then has it loaded. Should it
// die before, the folder's data was not touched; should it die later, whoever comes next finds this instance and waits for
// its end. There is no moment at which two Azurites can have the data open.
const starterLeaves = () => {
  if (!loaded)
    process.exit(0);
  starterWaits = false;
  closeUnlessNeeded();
};
process.stdin.on('error', () => {}).on('end', starterLeaves).on('close', starterLeaves);
process.stderr.on('error', () => {});

const control = net.createServer({ allowHalfOpen: true }, accept);
control.listen(0, '127.0.0.1', () => {
  process.stdin.once('data', () => {
    loaded = true;
    process.argv = [process.argv[0], azuriteScript, ...azuriteOptions];
    require(azuriteScript);
  });
  process.stdout.write(JSON.stringify({ pid: process.pid, controlPort: control.address().port, token, machine: os.hostname() }) + '\n');
});
