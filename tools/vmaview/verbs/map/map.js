'use strict';
/*
 * map.js - in: the documents that the page carries; out: a canvas one can look around in, and a table of the same areas.
 *
 * The window that is looked at is cut into rows.  Nothing is kept in the page for each area: the canvas is painted, and
 * the table shows a screen of rows.  Where a moment is compared with another, that has a canvas of the same window.
 */
(() => {
const ROWS = 26, ROW = 20, HIGH = 15, LEFT = 120, PAGE_ROWS = 20, PLAY_MS = 1000;
const COLUMNS = [
	['start', 'Address'], ['size', 'Bytes'], ['rss', 'Present'], ['kind', 'Kind'], ['perms', 'Perms'], ['name', 'Name'],
];
const CHANGE = ['change', 'Change'];
const MARKS = { 'new': '+', gone: '-', resized: '~', changed: '*' };
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
const processes = moments.processes_of(documents());
/* What is shown, and what it is compared with. */
const sides = ['map', 'other_map'].map((id) => ({ canvas: $(id), pen: $(id).getContext('2d'), areas: [], shot: null }));
const [now, then] = sides;
let process = null, total = 1, view = [0, 1], chosen = null, order = { key: 'start', down: false }, rows = [], top = 0, heat = '';
let colors = {}, hatches = {}, rest = null, playing = 0;

/* The document of the last moment has a place of its own: it is that of -J. */
function documents() {
	const list = JSON.parse($('moments').textContent), last = JSON.parse($('vmaview').textContent);

	return list.length ? list.map(({ moment, time_ns, document }) => ({ moment, time_ns, processes: (document || last).processes })) :
		[{ moment: 0, processes: last.processes }];
}

function of(part, whole) {
	return part === null || part === undefined || !whole ? null : part / whole;
}

function show_process(chosen_process) {
	stop();
	process = chosen_process;
	total = moments.line_up(process.shots) || 1;
	chosen = null;
	make_moments();
	show_moments(process.shots.length - 1, -1);
	look_at(0, total);
}

/* A moment, and beside it another; -1: none.  What was looked at and what was chosen stays where it is there, too. */
function show_moments(index, other) {
	const start = chosen && chosen.start;

	now.shot = process.shots[index];
	then.shot = process.shots[other] || null;
	moments.compare(now.shot, then.shot);
	now.areas = now.shot.areas;
	then.areas = then.shot ? then.shot.areas : [];
	chosen = now.areas.find((area) => area.start === start) || null;
	$('moment').value = index;
	$('beside').value = other;
	$('other').hidden = !then.shot;
	$('maps').className = then.shot ? 'maps two' : 'maps';
	$('when').textContent = process.shots.length > 1 ? `Moment ${now.shot.label}` : '';
	$('other_when').textContent = then.shot ? `Moment ${then.shot.label}` : '';
	make_headings();
	make_legend();
	show_details(chosen);
	paint();
	filter();
}

/* The first area that ends after @at. */
function area_after(areas, at) {
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

/* What is written on an area: its kind's letter, or how hot it is, from 0 to 9; and what has become of it. */
function text_of(area) {
	return letter_of(area) + (MARKS[area.change] || '');
}

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
		hatches[kind] = now.pen.createPattern(tile, 'repeat');
	}
}

/* What letters and hatchings mean, and how much there is of each kind. */
function make_legend() {
	const sums = {};

	$('legend').textContent = '';
	for (const area of now.areas) {
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

/* The one that is, and on the other side the same one. */
function is_chosen(area) {
	return area === chosen || chosen !== null && area === chosen.before;
}

/* Each row's part of the areas; what is not wide enough to be seen is painted once a pixel. */
function paint_row({ pen, areas }, row, width) {
	const length = (view[1] - view[0]) / ROWS, from = view[0] + row * length, to = from + length, y = row * ROW + 2;
	const scale = (width - LEFT) / length;
	let index = area_after(areas, from), painted = LEFT;

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
		if (end < painted && !is_chosen(area))
			continue;
		if (end - x > 4 || is_chosen(area))
			paint_area(pen, area, x, Math.max(end, x + 1) - x, y, is_chosen(area));
		else
			paint_narrow(pen, area, x, Math.max(end, x + 1), y);
		painted = Math.ceil(end);
	}
	paint_rest(pen);
}

/* Narrow neighbours that look alike are one rectangle: the last one, until something else follows. */
function paint_rest(pen) {
	if (rest) {
		pen.fillStyle = rest.fill;
		pen.fillRect(rest.x, rest.y, rest.end - rest.x, HIGH);
	}
	rest = null;
}

function paint_narrow(pen, area, x, end, y) {
	const fill = fill_of(area, 1);

	if (!rest || rest.fill !== fill || x > rest.end + .5) {
		paint_rest(pen);
		rest = { fill, x, y, end };
	}
	rest.end = Math.max(rest.end, end);
}

function paint_area(pen, area, x, width, y, is_chosen) {
	paint_rest(pen);
	pen.fillStyle = fill_of(area, width);
	pen.fillRect(x, y, width, HIGH);
	if (width > 8 && area.rss) {
		pen.fillStyle = colors.bar;
		pen.fillRect(x, y + HIGH - 3, width * Math.min(1, area.rss / area.size), 3);
	}
	if (width > 12) {
		pen.fillStyle = '#000';
		pen.fillText(text_of(area), x + 3, y + 10);
	}
	if (is_chosen) {
		pen.strokeStyle = colors.mark;
		pen.lineWidth = 3;
		pen.strokeRect(x, y, Math.max(width, 3), HIGH);
	}
}

function paint_side(side) {
	const { canvas, pen } = side, density = window.devicePixelRatio || 1, width = canvas.clientWidth || 1000;

	canvas.width = width * density;
	canvas.height = (ROWS * ROW + 4) * density;
	pen.scale(density, density);
	pen.font = '11px monospace';
	pen.fillStyle = colors.back;
	pen.fillRect(0, 0, width, ROWS * ROW + 4);
	for (let row = 0; row < ROWS; row++)
		paint_row(side, row, width);
}

function paint() {
	for (const side of sides)
		if (side.shot)
			paint_side(side);
}

/* The area that is painted at a point, or the one that follows on it in its row; null for none. */
function area_at({ canvas, areas }, event) {
	const box = canvas.getBoundingClientRect(), length = (view[1] - view[0]) / ROWS;
	const row = Math.min(ROWS - 1, Math.max(0, Math.floor((event.clientY - box.top) / ROW)));
	const share = Math.max(0, event.clientX - box.left - LEFT) / (box.width - LEFT);
	const at = view[0] + (row + Math.min(share, .999999)) * length, area = areas[area_after(areas, at)];

	return area && area.at <= at + length / (box.width - LEFT) ? area : null;
}

function words_of(value) {
	return value === null ? 'not known' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/* What is known of an area, and what of that was otherwise in the moment that it is compared with. */
function show_details(area) {
	const list = $('details'), before = area && area.before ? moments.strip(area.before) : {};

	list.textContent = '';
	for (const [key, value] of Object.entries(area ? moments.strip(area) : {})) {
		if (typeof value === 'object' && value !== null && !Object.keys(value).length)
			continue;
		const term = document.createElement('dt'), text = document.createElement('dd'), words = words_of(value);
		term.textContent = key;
		text.textContent = key in before && words_of(before[key]) !== words ? `${words} (there: ${words_of(before[key])})` : words;
		list.append(term, text);
	}
	$('said').textContent = !area ? 'no area chosen' :
		`${area.start}, ${size(area.size)}, ${area.kind}, ${area.perms} ${area.name || ''}${area.change ? ', ' + area.change : ''}`;
}

function choose(area, visible) {
	chosen = area;
	show_details(area);
	if (area && visible && (area.at + area.size <= view[0] || area.at >= view[1])) {
		const length = view[1] - view[0];
		look_at(area.at + area.size / 2 - length / 2, area.at + area.size / 2 + length / 2);
	} else {
		paint();
	}
	show_rows();
}

/* So many areas on, of the moment that is shown. */
function step(by) {
	const index = now.areas.indexOf(chosen), next = index < 0 && by < 0 ? 0 : index + by;

	choose(now.areas[Math.max(0, Math.min(now.areas.length - 1, next))] || null, true);
}

function zoom(factor) {
	const middle = chosen ? chosen.at + chosen.size / 2 : (view[0] + view[1]) / 2, length = (view[1] - view[0]) * factor;

	look_at(middle - length / 2, middle + length / 2);
}

function zoom_to(area) {
	if (area)
		look_at(area.at - area.size * .05, area.at + area.size * 1.05);
}

function has_words(area) {
	const text = `${area.start} ${area.kind} ${area.perms} ${area.name || ''} ${area.change || ''}`.toLowerCase();

	return text.includes($('search').value.toLowerCase());
}

/* Which rows the table has, in its order: what is gone is between what is there. */
function filter() {
	rows = now.areas.filter(has_words);
	const gone = then.areas.filter((area) => area.change === 'gone' && has_words(area));
	if (gone.length)
		rows = rows.concat(gone).sort((a, b) => a.at - b.at);
	if (order.key !== 'start') {
		const known = (area) => area[order.key];
		const below = (a, b) => known(a) < known(b) ? -1 : known(a) > known(b) ? 1 : a.at - b.at;
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
	for (const [index, area] of rows.slice(top, top + PAGE_ROWS).entries()) {
		const line = document.createElement('tr');
		line.dataset.index = top + index;
		line.setAttribute('aria-selected', area === chosen);
		for (const [key] of columns()) {
			const cell = document.createElement('td'), value = area[key];
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
	const next = rows.findIndex((area) => chosen && area.at > chosen.at);

	choose(rows[Math.max(0, next)] || null, true);
}

const keys = {
	ArrowRight: () => step(1),
	ArrowLeft: () => step(-1),
	ArrowDown: () => look_at(view[0] + (view[1] - view[0]) / ROWS, view[1] + (view[1] - view[0]) / ROWS),
	ArrowUp: () => look_at(view[0] - (view[1] - view[0]) / ROWS, view[1] - (view[1] - view[0]) / ROWS),
	'+': () => zoom(.5),
	'-': () => zoom(2),
	Enter: () => zoom_to(chosen),
	Home: () => look_at(0, total),
	Escape: () => look_at(0, total),
};

function columns() {
	return then.shot ? [...COLUMNS, CHANGE] : COLUMNS;
}

function make_headings() {
	if ($('headings').children.length === columns().length)
		return;
	if (!then.shot && order.key === CHANGE[0])
		order = { key: 'start', down: false };
	$('headings').textContent = '';
	for (const [key, name] of columns()) {
		const heading = document.createElement('th'), button = make_button(name);
		heading.dataset.key = key;
		heading.scope = 'col';
		heading.setAttribute('aria-sort', key !== order.key ? 'none' : order.down ? 'descending' : 'ascending');
		button.addEventListener('click', () => sort_by(key));
		heading.append(button);
		$('headings').append(heading);
	}
}

function make_choices() {
	for (const [key, [name]] of Object.entries(HEATS))
		$('heat').append(new Option(name, key));
	processes.forEach(({ pid, comm }, index) => $('process').append(new Option(`${pid}: ${comm}`, index)));
	$('process').parentElement.hidden = processes.length < 2;
}

/* What of a process there is to choose from besides its areas. */
function make_moments() {
	$('moment').textContent = '';
	$('beside').textContent = '';
	$('beside').append(new Option('no other', -1));
	process.shots.forEach((shot, index) => {
		$('moment').append(new Option(shot.label, index));
		$('beside').append(new Option(shot.label, index));
	});
	$('series').hidden = process.shots.length < 2;
}

function stop() {
	clearInterval(playing);
	playing = 0;
	$('play').textContent = 'Play';
}

/* One moment after the other, from the one that is shown on, or from the first. */
function play() {
	if (playing)
		return stop();
	if (Number($('moment').value) === process.shots.length - 1)
		show_moments(0, Number($('beside').value));
	$('play').textContent = 'Stop';
	playing = setInterval(() => {
		show_moments(Number($('moment').value) + 1, Number($('beside').value));
		if (Number($('moment').value) === process.shots.length - 1)
			stop();
	}, PLAY_MS);
}

function listen() {
	for (const side of sides) {
		side.canvas.addEventListener('click', (event) => choose(area_at(side, event), false));
		side.canvas.addEventListener('dblclick', (event) => zoom_to(area_at(side, event)));
		side.canvas.addEventListener('wheel', (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? .8 : 1.25); }, { passive: false });
	}
	now.canvas.addEventListener('keydown', (event) => {
		if (keys[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
			event.preventDefault();
			keys[event.key]();
		}
	});
	$('rows').addEventListener('click', (event) => choose(rows[Number(event.target.closest('tr').dataset.index)], true));
	$('rows').addEventListener('dblclick', (event) => zoom_to(rows[Number(event.target.closest('tr').dataset.index)]));
	$('search').addEventListener('input', filter);
	$('search').addEventListener('keydown', (event) => { if (event.key === 'Enter') find_next(); });
	$('heat').addEventListener('change', (event) => { heat = event.target.value; paint(); });
	$('process').addEventListener('change', (event) => show_process(processes[Number(event.target.value)]));
	$('moment').addEventListener('change', (event) => { stop(); show_moments(Number(event.target.value), Number($('beside').value)); });
	$('beside').addEventListener('change', (event) => show_moments(Number($('moment').value), Number(event.target.value)));
	$('play').addEventListener('click', play);
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
make_choices();
listen();
make_hatches();
if (processes.length)
	show_process(processes[0]);
})();
