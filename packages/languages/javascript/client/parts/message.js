'use strict';

/** Makes gRPC messages for `ReportObservationLog` of rows, which are lines of the spill file. */
function createEncoder(trial) {
  // protobuf: numbers of fields whose value has a length
  const FIRST = '\x0a';
  const SECOND = '\x12';
  // gRPC: a byte that says "not compressed", and the size
  const PREFIX = '\0\0\0\0\0';

  /** A field that has a length, as a string of bytes. */
  function field(tag, data) {
    let head = tag;
    let size = data.length;
    for (; size > 127; size >>>= 7) head += String.fromCharCode((size & 127) | 128);
    return head + String.fromCharCode(size) + data;
  }

  function textField(tag, text) {
    return field(tag, /[^\0-\x7f]/.test(text) ? Buffer.from(text).toString('latin1') : text);
  }

  /** A row as a field of the message. */
  function encodeRow(row) {
    const { time_stamp, metric } = JSON.parse(row);
    const pair = textField(FIRST, metric.name) + textField(SECOND, metric.value);
    return field(FIRST, field(FIRST, time_stamp) + field(SECOND, pair));
  }

  /** @param fields rows as fields */
  function encodeMessage(fields) {
    const data = textField(FIRST, trial) + field(SECOND, fields.join(''));
    const message = Buffer.from(PREFIX + data, 'latin1');
    message.writeUInt32BE(data.length, 1);
    return message;
  }

  return { encodeRow, encodeMessage };
}

module.exports = { createEncoder };
