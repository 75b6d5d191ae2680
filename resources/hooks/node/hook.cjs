'use strict';
/*
 * What `main.py run` adds to a Node program: its uncaught errors and unhandled rejections are reported.
 *
 * It listens for `uncaughtExceptionMonitor`, which Node has for that: it is told of the error, and changes
 * nothing of what comes after it (https://nodejs.org/api/process.html#event-uncaughtexceptionmonitor). A Node
 * older than 12.17 has none; there, what is printed has to do. The report is one file, written at once: nothing
 * can be sent any more when a process dies.
 *
 * There are no locals of the calls. Only the debugger has them (`inspector`): it would have to be attached from the
 * beginning, stop the program at each `throw`, keep code from being optimised, and be in the way of a debugger that
 * a person attaches. There are the own properties of the error instead, those of its causes, and the source.
 *
 * It reads one variable, ARECIBO_RUN_FOLDER, and requires nothing but Node's own modules. Written for any Node.
 */
(function () {
  var folder = process.env.ARECIBO_RUN_FOLDER;
  if (!folder) return;
  var fs, path, types;
  try {
    fs = require('fs');
    path = require('path');
    // A failed test is a result, no crash.
    if (process.env.NODE_TEST_CONTEXT || process.env.JEST_WORKER_ID || process.env.VITEST) return;
  } catch (_error) {
    return;
  }
  // The program may put others in their place.
  var open = fs.openSync, read = fs.readSync, write = fs.writeSync, close = fs.closeSync;
  var about = fs.fstatSync, rename = fs.renameSync;
  var Map_ = Map, stringify = JSON.stringify;

  var MOST_FRAMES = 100, MOST_IN_ONE = 50, DEEPEST = 4, MOST_VALUES = 2000, LONGEST_TEXT = 1000;
  var LONGEST_MESSAGE = 8000, MOST_ERRORS = 20, LARGEST_SOURCE = 4000000, LONGEST_STACK = 200000, AROUND = 5;
  var MOST_A_SECOND = 20, MOST_IN_ALL = 1000;
  var count = 0, second = 0, inSecond = 0;
  var ERRORS = ['stack', 'message', 'name', 'cause', 'errors'];

  function isDue() {
    var now = Math.floor(Date.now() / 1000);
    if (now !== second) { second = now; inSecond = 0; }
    count += 1;
    inSecond += 1;
    return count <= MOST_IN_ALL && inSecond <= MOST_A_SECOND;
  }

  function cachedModule(part) {
    // What CommonJS has loaded, without loading anything.
    var cache = require.cache || {};
    var names = Object.keys(cache);
    for (var i = 0; i < names.length; i++) {
      if (names[i].split(path.sep).join('/').indexOf('/node_modules/' + part + '/') >= 0) return cache[names[i]];
    }
    return null;
  }

  function exported(part, ask) {
    var cache = require.cache || {};
    return Object.keys(cache).some(function (name) {
      if (name.split(path.sep).join('/').indexOf('/node_modules/' + part + '/') < 0) return false;
      try { return Boolean(ask(cache[name].exports)); } catch (_error) { return false; }
    });
  }

  function sentryClient() {
    var carrier = globalThis.__SENTRY__;
    if (!carrier) return null;
    if (carrier.hub && carrier.hub.getClient) return carrier.hub.getClient();
    var inner = carrier.version ? carrier[carrier.version] : carrier;
    if (!inner) return null;
    var scope = null;
    if (inner.acs && inner.acs.getCurrentScope) scope = inner.acs.getCurrentScope();
    var found = scope && scope.getClient && scope.getClient();
    if (!found && inner.stack && inner.stack.getScope) found = inner.stack.getScope().getClient();
    if (!found && inner.defaultCurrentScope) found = inner.defaultCurrentScope.getClient();
    return found || null;
  }

  function hasClient() {
    var clients = [
      function () {
        var client = sentryClient();
        return client && client.getOptions && (client.getOptions().dsn || client.getOptions().spotlight) &&
          client.getOptions().enabled !== false;
      },
      function () { var api = globalThis[Symbol.for('opentelemetry.js.api.1')]; return api && api.trace; },
      function () {
        return Object.getOwnPropertySymbols(globalThis).some(function (symbol) {
          return String(symbol) === 'Symbol(ElasticAPMAgentInitialized)';
        });
      },
      // These two do not say whether they are set up: nobody loads them for anything else.
      function () { return cachedModule('rollbar'); },
      function () { return cachedModule('@airbrake/node'); },
      function () {
        return exported('@bugsnag/node', function (it) { it = it && it.default || it; return it && it._client; }) ||
          exported('@bugsnag/js', function (it) { it = it && it.default || it; return it && it.isStarted && it.isStarted(); });
      },
      function () { return exported('@honeybadger-io/js', function (it) { return it && it.config && it.config.apiKey; }); },
      function () { return exported('raven', function (it) { return it && it.installed; }); }
    ];
    return clients.some(function (ask) { try { return ask(); } catch (_error) { return true; } });
  }

  function own(value, name) {
    // A getter would be the program's own code.
    var found = Object.getOwnPropertyDescriptor(value, name);
    return found && 'value' in found ? found.value : undefined;
  }

  function isError(value) {
    // A proxy's own code is not asked.
    if (value === null || typeof value !== 'object' || types.isProxy(value)) return false;
    return types.isNativeError(value) || value instanceof Error;
  }

  function text(value) { return typeof value === 'string' ? value : String(value); }

  function Values() { this.left = MOST_VALUES; }

  Values.prototype.show = function (value, depth) {
    this.left -= 1;
    switch (typeof value) {
      case 'string': return value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT) + '...' : value;
      case 'number': return isFinite(value) ? value : String(value);
      case 'boolean': return value;
      case 'undefined': return '[undefined]';
      case 'function': return '[Function: ' + (text(own(value, 'name') || '<anonymous>')) + ']';
      case 'bigint': return String(value).slice(0, LONGEST_TEXT) + 'n';
      case 'symbol': return Symbol.prototype.toString.call(value);
    }
    if (value === null) return null;
    if (types.isProxy(value)) return '[Proxy]';
    if (isError(value)) return text(own(value, 'message') || '[Error]').slice(0, LONGEST_TEXT);
    if (value instanceof Date) return isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
    if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
    var prototype = Object.getPrototypeOf(value);
    var kind = prototype === null ? 'Object' : own(own(prototype, 'constructor') || {}, 'name') || 'Object';
    if (ArrayBuffer.isView(value)) return '[' + kind + ': ' + value.byteLength + ' bytes]';
    if (depth >= DEEPEST || this.left <= 0) return '[' + kind + ']';
    var shown, self = this;
    if (Array.isArray(value)) {
      shown = Array.prototype.slice.call(value, 0, MOST_IN_ONE).map(function (item) { return self.show(item, depth + 1); });
      if (value.length > MOST_IN_ONE) shown.push('... ' + (value.length - MOST_IN_ONE) + ' more');
      return shown;
    }
    if (value instanceof Map || value instanceof Set) return '[' + kind + ']';
    shown = {};
    Object.keys(value).slice(0, MOST_IN_ONE).forEach(function (name) {
      var found = own(value, name);
      shown[name] = found === undefined ? '[Getter or undefined]' : self.show(found, depth + 1);
    });
    return shown;
  };

  var CALL = /^\s+at (?:(async )?(.*?) \()?(.*?)(?::(\d+))?(?::(\d+))?\)?$/;

  function fileOf(place) {
    if (place.slice(0, 7) !== 'file://') return place;
    try { return require('url').fileURLToPath(place); } catch (_error) { return place; }
  }

  function frames(stack, sources) {
    var found = [];
    text(stack).slice(0, LONGEST_STACK).split('\n').forEach(function (line) {
      var call = /^\s+at /.test(line) && CALL.exec(line);
      if (!call || !call[3] || call[3].indexOf('<anonymous>') >= 0 || call[3] === 'native') return;
      var file = fileOf(call[3]);
      var isNode = /^(node:|internal\/|\[)/.test(file) || !/[\\/]/.test(file);
      var frame = {
        filename: file, abs_path: file, function: call[2] || '?', in_app: !isNode && !/[\\/]node_modules[\\/]/.test(file)
      };
      if (call[4]) frame.lineno = Number(call[4]);
      if (call[5]) frame.colno = Number(call[5]);
      if (!isNode) addSource(frame, sources);
      found.push(frame);
    });
    if (found.length > MOST_FRAMES) found = found.slice(0, MOST_FRAMES);
    return found.reverse();
  }

  function readText(file) {
    // Not blocked by what is no ordinary file.
    var opened = open(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK || 0));
    try {
      var found = about(opened);
      if (!found.isFile() || found.size > LARGEST_SOURCE) return '';
      var buffer = Buffer.alloc(found.size);
      return buffer.toString('utf8', 0, read(opened, buffer, 0, buffer.length, 0));
    } finally {
      close(opened);
    }
  }

  function writeText(file, content) {
    var opened = open(file, 'wx', 384);
    try {
      var buffer = Buffer.from(content), at = 0;
      while (at < buffer.length) at += write(opened, buffer, at, buffer.length - at);
    } finally {
      close(opened);
    }
  }

  function addSource(frame, sources) {
    var lines = sources.get(frame.abs_path);
    if (lines === undefined) {
      lines = [];
      try {
        lines = readText(frame.abs_path).split('\n');
      } catch (_error) { lines = []; }
      sources.set(frame.abs_path, lines);
    }
    var at = frame.lineno;
    if (!at || at > lines.length) return;
    function cut(line) { return line.slice(0, LONGEST_TEXT); }
    frame.pre_context = lines.slice(Math.max(0, at - 1 - AROUND), at - 1).map(cut);
    frame.context_line = cut(lines[at - 1]);
    frame.post_context = lines.slice(at, at + AROUND).map(cut);
  }

  function name(error) {
    // As Node prints it: the own name, or that of the class.
    var given = own(error, 'name');
    for (var at = error; given === undefined && at; at = Object.getPrototypeOf(at)) given = own(at, 'name');
    var shown = given === undefined || given === '' ? 'Error' : text(given);
    if (shown !== 'Error') return shown.replace(/ \[[A-Z0-9_]+\]$/, '');
    // Node prints the stack, which begins with the class's name, where that was captured so.
    return shown;
  }

  function exceptions(error, origin, values, sources) {
    var found = [], waiting = [[error, null, null]], seen = [], hasGroup = false;
    while (waiting.length && found.length < MOST_ERRORS) {
      var next = waiting.shift(), one = next[0];
      if (seen.indexOf(one) >= 0) continue;
      seen.push(one);
      var number = found.length;
      var mechanism = { type: number ? 'chained' : origin, handled: false };
      mechanism.ids = { exception_id: number };
      if (next[1] !== null) { mechanism.ids.parent_id = next[1]; mechanism.ids.source = next[2]; }
      var described = { mechanism: mechanism };
      if (isError(one)) {
        described.type = name(one);
        described.value = text(own(one, 'message') === undefined ? one.message || '' : own(one, 'message')).slice(0, LONGEST_MESSAGE);
        described.stacktrace = { frames: frames(one.stack, sources) };
        var data = {}, hasData = false;
        Object.getOwnPropertyNames(one).slice(0, MOST_IN_ONE).forEach(function (key) {
          if (ERRORS.indexOf(key) >= 0) return;
          var value = own(one, key);
          if (value === undefined || typeof value === 'function') return;
          data[key] = values.show(value, 1);
          hasData = true;
        });
        if (hasData) mechanism.data = data;
        var more = [];
        var held = own(one, 'errors');
        if (Array.isArray(held)) {
          mechanism.ids.is_exception_group = hasGroup = true;
          held.slice(0, MOST_IN_ONE).forEach(function (inner, at) { more.push([inner, number, 'errors[' + at + ']']); });
        }
        var cause = own(one, 'cause');
        if (isError(cause)) more.push([cause, number, 'cause']);
        waiting = more.concat(waiting);
      } else {
        described.type = 'Uncaught';
        described.value = text(stringify(values.show(one, 0))).slice(0, LONGEST_MESSAGE);
      }
      found.push(described);
    }
    found.forEach(function (each) {
      // Only then does order alone not say what came from what.
      if (hasGroup) Object.assign(each.mechanism, each.mechanism.ids);
      delete each.mechanism.ids;
    });
    return found.reverse();
  }

  function isWorker() {
    try { return !require('worker_threads').isMainThread; } catch (_error) { return false; }
  }

  function report(error, origin) {
    // An error of a worker that nobody listens for is thrown in the thread that started it: there it is reported.
    if (isWorker()) return;
    types = require('util').types;
    if (process.hasUncaughtExceptionCaptureCallback && process.hasUncaughtExceptionCaptureCallback()) return;
    if (hasClient() || !isDue()) return;
    var values = new Values();
    var id = require('crypto').randomBytes(16).toString('hex');
    var described = exceptions(error, origin === 'unhandledRejection' ? 'onunhandledrejection' : 'onuncaughtexception', values, new Map_());
    var extra = { 'process.argv': process.argv.slice(0, MOST_IN_ONE).map(text) };
    var raised = described[described.length - 1];
    if (raised.mechanism.data) { extra.properties = raised.mechanism.data; }
    described.forEach(function (each) { delete each.mechanism.data; });
    var event = {
      event_id: id,
      timestamp: Date.now() / 1000,
      platform: 'node',
      level: 'error',
      exception: { values: described },
      sdk: { name: 'arecibo.hook.node', version: '1' },
      contexts: { runtime: { name: 'node', version: process.version } },
      extra: extra
    };
    var finished = path.join(folder, id + '.json');
    writeText(finished + '.part', stringify(event));
    rename(finished + '.part', finished);
  }

  try {
    process.on('uncaughtExceptionMonitor', function (error, origin) {
      try { report(error, origin); } catch (_error) { /* The program's own error is what counts. */ }
    });
  } catch (_error) { /* A Node that has no such event never emits it. */ }
})();
