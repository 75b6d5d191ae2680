// Loaded before a client that drops the port of its endpoint (Honeybadger for Node): puts it back.
const http = require("node:http");

const request = http.request;
http.request = (options, ...rest) => {
  if (options && typeof options === "object" && options.hostname === "127.0.0.1" && !options.port) {
    return request({ ...options, port: process.env.ARECIBO_PORT }, ...rest);
  }
  return request(options, ...rest);
};
