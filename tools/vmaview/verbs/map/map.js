'use strict';
/*
 * map.js - in: the document that the page carries; out: a canvas one can look around in, and a table of the same areas.
 *
 * Areas lie on one line of bytes, on which wide gaps are made narrow; the window that is looked at is cut into rows.
 * Nothing is kept in the page for each area: the canvas is painted, and the table shows a screen of rows.
 */
(() => {
const ROWS = 26, ROW = 20, HIGH = 15, LEFT = 120, PAGE_ROWS = 20;
const COLUMNS = [
	['start', 'Address'], ['size', 'Bytes'], ['rss', 'Present'], ['kind', 'Kind'], ['perms', 'Perms'], ['name', 'Name'],
];
const HEATS = {
	present: ['what is present', (area) => of(area.rss, area.size)],
	shared: ['what others map, too', (area) => area.rss ? 1 - of(area.pss, area.rss) : null],
	debt: ['what writing would cost', (area) => of(area.cow_debt, area.size)],
	refcount: ['highest refcount (log)', (area) => area.refcount_max === null ? null : Math.log2(1 + area.refcount_max) / 10],
	mapcount: ['highest mapcount (log)', (area) => area.mapcount_max === null ? null : Math.log2(1 + area.mapcount_max) / 10],
	swap: ['what is in swap', (area) => of(area.swap, area.size)],
};
const $ = (id) => document.getElementById(id);
const looks = JSON.parse($('looks').textContent);
const processes = JSON.parse($('vmaview').textContent).processes;
const canvas = $('map'), pen = canvas.getContext('2d');
let areas = [], total = 1, view = [0, 1], chosen = -1, order = { key: 'start', down: false }, rows = [], top = 0, heat = '';
let colors = {}, hatches = {}, rest = null;

function of(part, whole) {
	return part === null || part === undefined || !whole ? null : part / whole;
}

/* Where each area is on the line.  Addresses do not fit in a Number: only what lies between two does, or is cut. */
function line_up(process) {
	const mapped = process.areas.reduce((sum, area) => sum + area.size, 0);
	const widest = Math.max(mapped / 100, 4096);
	let at = 0, end = null;

	areas = process.areas.map((area) => {
		const start = BigInt(area.start);
		if (end !== null)
			at += Math.min(Number(start - end), widest);
		end = BigInt(area.end);
		const kind = area.kind || 'unknown', name = area.name || '';
		const placed = Object.assign({}, area, { kind, at, text: `${area.start} ${kind} ${area.perms} ${name}`.toLowerCase() });
		at += area.size;
		return placed;
	});
	total = at || 1;
	chosen = -1;
	make_legend();
	show_details(null);
	look_at(0, total);
	filter();
}

/* The first area that ends after @at. */
function area_after(at) {
	let low = 0, high = areas.length;

	while (low < high) {
		const middle = (low + high) >> 1;
		if (areas[middle].at + areas[middle].size > at)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

function look_at(from, to) {
	const least = Math.min(total, 4096 * 64);
	let length = Math.min(Math.max(to - from, least), total);

	from = Math.max(0, Math.min(from, total - length));
	view = [from, from + length];
	$('where').textContent = `${size(view[1] - view[0])} of ${size(total)}, ${size((view[1] - view[0]) / ROWS)} a row`;
	paint();
}

function size(bytes) {
	const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
	let unit = 0;

	for (; bytes >= 1024 && unit < 5; unit++)
		bytes /= 1024;
	return `${unit && bytes < 100 ? bytes.toFixed(1) : Math.round(bytes)} ${units[unit]}`;
}

function fill_of(area, width) {
	if (!heat)
		return width > 4 ? hatches[area.kind] : looks[area.kind].fill;
	const value = HEATS[heat][1](area);
	if (value === null)
		return colors.row;
	return `hsl(${240 - 240 * Math.min(1, Math.max(0, value))} 85% 50%)`;
}

/* What is written on an area: its kind's letter, or how hot it is, from 0 to 9. */
function letter_of(area) {
	if (!heat)
		return looks[area.kind].letter;
	const value = HEATS[heat][1](area);
	return value === null ? '?' : String(Math.min(9, Math.floor(value * 10)));
}

/* A square of the kind's colour with its hatching, as a pattern. */
function make_hatches() {
	const style = getComputedStyle(document.documentElement);

	for (const name of ['back', 'text', 'row', 'mark', 'bar'])
		colors[name] = style.getPropertyValue('--' + name).trim();
	for (const [kind, look] of Object.entries(looks)) {
		const tile = document.createElement('canvas');
		tile.width = tile.height = look.pitch;
		const brush = tile.getContext('2d');
		brush.fillStyle = look.fill;
		brush.fillRect(0, 0, look.pitch, look.pitch);
		brush.scale(look.pitch / 8, look.pitch / 8);
		brush.strokeStyle = 'rgba(0, 0, 0, .45)';
		brush.stroke(new Path2D(look.hatch));
		hatches[kind] = pen.createPattern(tile, 'repeat');
	}
}

/* What letters and hatchings mean, and how much there is of each kind. */
function make_legend() {
	const sums = {};

	$('legend').textContent = '';
	for (const area of areas) {
		sums[area.kind] = sums[area.kind] || [0, 0];
		sums[area.kind][0]++;
		sums[area.kind][1] += area.size;
	}
	for (const [kind, [number, bytes]] of Object.entries(sums)) {
		const item = document.createElement('li'), tile = document.createElement('canvas'), brush = tile.getContext('2d');
		tile.width = 24;
		tile.height = HIGH;
		tile.setAttribute('aria-hidden', 'true');
		brush.fillStyle = hatches[kind];
		brush.fillRect(0, 0, 24, HIGH);
		item.append(tile, ` ${looks[kind].letter} ${kind}: ${number} area${number === 1 ? '' : 's'}, ${size(bytes)}`);
		$('legend').append(item);
	}
}

/* Each row's part of the areas; what is not wide enough to be seen is painted once a pixel. */
function paint_row(row, width) {
	const length = (view[1] - view[0]) / ROWS, from = view[0] + row * length, to = from + length, y = row * ROW + 2;
	const scale = (width - LEFT) / length;
	let index = area_after(from), painted = LEFT;

	pen.fillStyle = colors.row;
	pen.fillRect(LEFT, y, width - LEFT, HIGH);
	pen.fillStyle = colors.text;
	if (index < areas.length && areas[index].at < to) {
		const first = areas[index], inside = Math.max(0, from - first.at);
		pen.fillText((BigInt(first.start) + BigInt(Math.floor(inside / 4096) * 4096)).toString(16).padStart(12, '0'), 2, y + 11);
	}
	for (; index < areas.length && areas[index].at < to; index++) {
		const area = areas[index];
		const x = LEFT + Math.max(0, area.at - from) * scale;
		const end = LEFT + Math.min(length, area.at + area.size - from) * scale;
		if (end < painted && index !== chosen)
			continue;
		if (end - x > 4 || index === chosen)
			paint_area(area, x, Math.max(end, x + 1) - x, y, index === chosen);
		else
			paint_narrow(area, x, Math.max(end, x + 1), y);
		painted = Math.ceil(end);
	}
	paint_rest();
}

/* Narrow neighbours that look alike are one rectangle: the last one, until something else follows. */
function paint_rest() {
	if (rest) {
		pen.fillStyle = rest.fill;
		pen.fillRect(rest.x, rest.y, rest.end - rest.x, HIGH);
	}
	rest = null;
}

function paint_narrow(area, x, end, y) {
	const fill = fill_of(area, 1);

	if (!rest || rest.fill !== fill || x > rest.end + .5) {
		paint_rest();
		rest = { fill, x, y, end };
	}
	rest.end = Math.max(rest.end, end);
}

function paint_area(area, x, width, y, is_chosen) {
	paint_rest();
	pen.fillStyle = fill_of(area, width);
	pen.fillRect(x, y, width, HIGH);
	if (width > 8 && area.rss) {
		pen.fillStyle = colors.bar;
		pen.fillRect(x, y + HIGH - 3, width * Math.min(1, area.rss / area.size), 3);
	}
	if (width > 12) {
		pen.fillStyle = '#000';
		pen.fillText(letter_of(area), x + 3, y + 10);
	}
	if (is_chosen) {
		pen.strokeStyle = colors.mark;
		pen.lineWidth = 3;
		pen.strokeRect(x, y, Math.max(width, 3), HIGH);
	}
}

function paint() {
	const density = window.devicePixelRatio || 1, width = canvas.clientWidth || 1000;

	canvas.width = width * density;
	canvas.height = (ROWS * ROW + 4) * density;
	pen.scale(density, density);
	pen.font = '11px monospace';
	pen.fillStyle = colors.back;
	pen.fillRect(0, 0, width, ROWS * ROW + 4);
	for (let row = 0; row < ROWS; row++)
		paint_row(row, width);
}

/* The area that is painted at a point, or the one that follows on it in its row. */
function area_at(event) {
	const box = canvas.getBoundingClientRect(), length = (view[1] - view[0]) / ROWS;
	const row = Math.min(ROWS - 1, Math.max(0, Math.floor((event.clientY - box.top) / ROW)));
	const share = Math.max(0, event.clientX - box.left - LEFT) / (box.width - LEFT);
	const at = view[0] + (row + Math.min(share, .999999)) * length, index = area_after(at);

	return index < areas.length && areas[index].at <= at + length / (box.width - LEFT) ? index : -1;
}

function show_details(area) {
	const list = $('details');

	list.textContent = '';
	for (const [key, value] of Object.entries(area || {})) {
		if (key === 'at' || key === 'text' || typeof value === 'object' && value !== null && !Object.keys(value).length)
			continue;
		const term = document.createElement('dt'), text = document.createElement('dd');
		term.textContent = key;
		text.textContent = value === null ? 'not known' : typeof value === 'object' ? JSON.stringify(value) : String(value);
		list.append(term, text);
	}
	$('said').textContent = area ? `${area.start}, ${size(area.size)}, ${area.kind}, ${area.perms} ${area.name || ''}` : 'no area chosen';
}

function choose(index, visible) {
	chosen = index;
	const area = areas[index];
	show_details(area);
	if (area && visible && (area.at + area.size <= view[0] || area.at >= view[1])) {
		const length = view[1] - view[0];
		look_at(area.at + area.size / 2 - length / 2, area.at + area.size / 2 + length / 2);
	} else {
		paint();
	}
	show_rows();
}

function zoom(factor) {
	const area = areas[chosen];
	const middle = area ? area.at + area.size / 2 : (view[0] + view[1]) / 2, length = (view[1] - view[0]) * factor;

	look_at(middle - length / 2, middle + length / 2);
}

function zoom_to(index) {
	const area = areas[index];

	if (area)
		look_at(area.at - area.size * .05, area.at + area.size * 1.05);
}

/* Which rows the table has, in its order. */
function filter() {
	const words = $('search').value.toLowerCase();

	rows = [];
	for (let index = 0; index < areas.length; index++)
		if (!words || areas[index].text.includes(words))
			rows.push(index);
	if (order.key !== 'start') {
		const known = (index) => areas[index][order.key];
		const below = (a, b) => known(a) < known(b) ? -1 : known(a) > known(b) ? 1 : a - b;
		rows.sort((a, b) => known(a) === null ? 1 : known(b) === null ? -1 : order.down ? below(b, a) : below(a, b));
	} else if (order.down) {
		rows.reverse();
	}
	top = 0;
	show_rows();
}

function make_button(text) {
	const button = document.createElement('button');

	button.type = 'button';
	button.textContent = text;
	return button;
}

function show_rows() {
	const body = $('rows');

	body.textContent = '';
	for (const index of rows.slice(top, top + PAGE_ROWS)) {
		const line = document.createElement('tr');
		line.dataset.index = index;
		line.setAttribute('aria-selected', index === chosen);
		for (const [key] of COLUMNS) {
			const cell = document.createElement('td'), value = areas[index][key];
			if (key === 'start')
				cell.append(make_button(value));
			else
				cell.textContent = value === null || value === undefined ? '-' : value;
			if (typeof value === 'number')
				cell.className = 'number';
			line.append(cell);
		}
		body.append(line);
	}
	$('count').textContent = rows.length ? `areas ${top + 1} to ${Math.min(top + PAGE_ROWS, rows.length)} of ${rows.length}` :
		'no such area';
	$('before').disabled = !top;
	$('after').disabled = top + PAGE_ROWS >= rows.length;
}

function turn(pages) {
	top = Math.max(0, Math.min(top + pages * PAGE_ROWS, Math.floor((rows.length - 1) / PAGE_ROWS) * PAGE_ROWS));
	show_rows();
}

function sort_by(key) {
	order = { key, down: order.key === key ? !order.down : key !== 'start' && key !== 'name' && key !== 'kind' };
	for (const heading of $('headings').children)
		heading.setAttribute('aria-sort', heading.dataset.key !== key ? 'none' : order.down ? 'descending' : 'ascending');
	filter();
}

/* The next area that is searched for, after the one that is chosen. */
function find_next() {
	const next = areas.findIndex((area, index) => index > chosen && area.text.includes($('search').value.toLowerCase()));

	choose(next >= 0 ? next : rows.length ? rows[0] : -1, true);
}

const keys = {
	ArrowRight: () => choose(Math.min(areas.length - 1, chosen + 1), true),
	ArrowLeft: () => choose(Math.max(0, chosen - 1), true),
	ArrowDown: () => look_at(view[0] + (view[1] - view[0]) / ROWS, view[1] + (view[1] - view[0]) / ROWS),
	ArrowUp: () => look_at(view[0] - (view[1] - view[0]) / ROWS, view[1] - (view[1] - view[0]) / ROWS),
	'+': () => zoom(.5),
	'-': () => zoom(2),
	Enter: () => zoom_to(chosen),
	Home: () => look_at(0, total),
	Escape: () => look_at(0, total),
};

function make_headings() {
	for (const [key, name] of COLUMNS) {
		const heading = document.createElement('th'), button = make_button(name);
		heading.dataset.key = key;
		heading.scope = 'col';
		heading.setAttribute('aria-sort', key === 'start' ? 'ascending' : 'none');
		button.addEventListener('click', () => sort_by(key));
		heading.append(button);
		$('headings').append(heading);
	}
}

function make_choices() {
	for (const [key, [name]] of Object.entries(HEATS))
		$('heat').append(new Option(name, key));
	processes.forEach((process, index) => $('process').append(new Option(`${process.pid}: ${process.comm}`, index)));
	$('process').parentElement.hidden = processes.length < 2;
}

function listen() {
	canvas.addEventListener('click', (event) => choose(area_at(event), false));
	canvas.addEventListener('dblclick', (event) => zoom_to(area_at(event)));
	canvas.addEventListener('wheel', (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? .8 : 1.25); }, { passive: false });
	canvas.addEventListener('keydown', (event) => {
		if (keys[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
			event.preventDefault();
			keys[event.key]();
		}
	});
	$('rows').addEventListener('click', (event) => choose(Number(event.target.closest('tr').dataset.index), true));
	$('rows').addEventListener('dblclick', (event) => zoom_to(Number(event.target.closest('tr').dataset.index)));
	$('search').addEventListener('input', filter);
	$('search').addEventListener('keydown', (event) => { if (event.key === 'Enter') find_next(); });
	$('heat').addEventListener('change', (event) => { heat = event.target.value; paint(); });
	$('process').addEventListener('change', (event) => line_up(processes[Number(event.target.value)]));
	$('in').addEventListener('click', () => zoom(.5));
	$('out').addEventListener('click', () => zoom(2));
	$('area').addEventListener('click', () => zoom_to(chosen));
	$('whole').addEventListener('click', () => look_at(0, total));
	$('before').addEventListener('click', () => turn(-1));
	$('after').addEventListener('click', () => turn(1));
	window.addEventListener('resize', paint);
	matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { make_hatches(); paint(); });
}

document.documentElement.classList.add('scripted');
$('look').hidden = false;
make_headings();
make_choices();
listen();
make_hatches();
if (processes.length)
	line_up(processes[0]);
})();
