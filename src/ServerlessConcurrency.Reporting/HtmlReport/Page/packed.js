// Unpacks what TimelineReader packed: four columns of 32-bit integers and one of bytes.
export async function unpack({ packed, attempts }) {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++)
    bytes[index] = text.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const buffer = await new Response(stream).arrayBuffer();
  const column = index => new Int32Array(buffer, index * attempts * 4, attempts);
  return { begin: column(0), wait: column(1), duration: column(2), task: column(3), outcome: new Uint8Array(buffer, attempts * 16, attempts) };
}

/** The lanes of a run, each with its attempts by time, in ms. */
export function lanesOf(timeline, columns, index) {
  const tick = timeline.tickMicroseconds / 1000;
  const size = run => run.lanes.reduce((sum, lane) => sum + lane[3], 0);
  let next = timeline.runs.slice(0, index).reduce((sum, run) => sum + size(run), 0);
  return timeline.runs[index].lanes.map(([host, thread, number, count]) => {
    const lane = {
      host: timeline.hosts[host], thread, number, count,
      begin: new Float64Array(count), end: new Float64Array(count), queued: new Float64Array(count), earliest: new Float64Array(count + 1),
      task: columns.task.subarray(next, next + count), outcome: columns.outcome.subarray(next, next + count),
    };
    let ticks = 0;
    for (let at = 0; at < count; at++, next++) {
      ticks += columns.begin[next];
      lane.begin[at] = ticks * tick;
      lane.end[at] = (ticks + columns.duration[next]) * tick;
      lane.queued[at] = (ticks - columns.wait[next]) * tick;
    }

    // When the first of these and all later attempts was handed over.
    lane.earliest[count] = Infinity;
    for (let at = count - 1; at >= 0; at--)
      lane.earliest[at] = Math.min(lane.earliest[at + 1], lane.queued[at]);
    return lane;
  });
}

/** The place of the first attempt that ends after a time. */
export function firstAfter(lane, time) {
  let low = 0;
  let high = lane.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.end[middle] < time)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}
