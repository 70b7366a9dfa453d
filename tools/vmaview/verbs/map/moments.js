'use strict';
/*
 * moments.js - in: documents, of one moment after the other; out: each process with its moments, where its areas are on
 * one line for all of them, and what differs between two.
 */
const moments = (() => {
/* What is the process's own doing: other numbers move when others map the same memory. */
const NOTED = ['perms', 'flags', 'rss', 'anonymous', 'swap', 'locked', 'lazyfree', 'anonhugepages', 'cow_debt'];

/* What a moment says of a process: when it was, and its areas. */
function shot_of(document, process, number) {
	const areas = process.areas.map((area) => Object.assign({}, area, { kind: area.kind || 'unknown' }));
	const time = document.time_ns ? new Date(document.time_ns / 1e6).toISOString().replace('T', ' ').slice(0, 19) + ' UTC' : '';

	return { number, label: number ? `${number}${time && ': ' + time}` : time, areas };
}

/* Each process once, in the order in which they were met first, as it was called last. */
function processes_of(documents) {
	const found = new Map();

	for (const document of documents)
		for (const process of document.processes) {
			const shots = found.has(process.pid) ? found.get(process.pid).shots : [];
			found.set(process.pid, { pid: process.pid, comm: process.comm, shots });
			shots.push(shot_of(document, process, document.moment));
		}
	return [...found.values()];
}

/* What is mapped in any moment, as spans of which none touches the next one. */
function spans_of(shots) {
	const all = [], spans = [];

	for (const shot of shots)
		for (const area of shot.areas)
			all.push([BigInt(area.start), BigInt(area.end)]);
	if (shots.length > 1)
		all.sort((a, b) => a[0] < b[0] ? -1 : Number(a[0] > b[0]));
	for (const [start, end] of all) {
		const last = spans[spans.length - 1];
		if (!last || start > last.end)
			spans.push({ start, end, at: 0 });
		else if (end > last.end)
			last.end = end;
	}
	return spans;
}

/*
 * Gives each area of each moment its place, at, on one line on which wide gaps are made narrow, and returns how long
 * that is.  Addresses do not fit in a Number: only what lies between two does, or is cut.
 */
function line_up(shots) {
	const spans = spans_of(shots);
	const widest = Math.max(spans.reduce((sum, span) => sum + Number(span.end - span.start), 0) / 100, 4096);
	let total = 0, end = null;

	for (const span of spans) {
		span.at = total + (end === null ? 0 : Math.min(Number(span.start - end), widest));
		total = span.at + Number(span.end - span.start);
		end = span.end;
	}
	for (const shot of shots) {
		let index = 0;
		for (const area of shot.areas) {
			const start = BigInt(area.start);
			while (spans[index].end <= start)
				index++;
			area.at = spans[index].at + Number(start - spans[index].start);
		}
	}
	return total;
}

/* One that begins or, of a stack, ends where the area does is the same one. */
function partner_of(area, starts, ends) {
	const same = starts.get(area.start) || ends.get(area.end);

	return same && same.name === area.name && same.kind === area.kind ? same : null;
}

function change_of(area, before) {
	if (!before)
		return 'new';
	if (area.size !== before.size || area.start !== before.start)
		return 'resized';
	return NOTED.every((key) => JSON.stringify(area[key]) === JSON.stringify(before[key])) ? '' : 'changed';
}

/* What a document says of an area, without what was found out here. */
function strip(area) {
	const { at, change, before, ...said } = area;

	return said;
}

/* Each area of @now gets change and before, each of @then change, 'gone' where it has no partner. */
function compare(now, then) {
	const starts = new Map(), ends = new Map();

	for (const area of then ? then.areas : []) {
		area.change = 'gone';
		starts.set(area.start, area);
		ends.set(area.end, area);
	}
	for (const area of now.areas) {
		area.before = then ? partner_of(area, starts, ends) : null;
		area.change = then ? change_of(area, area.before) : '';
		if (area.before)
			area.before.change = area.change;
	}
}

return { processes_of, line_up, compare, strip };
})();
