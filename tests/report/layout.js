// SPDX-License-Identifier: Apache-2.0
// What a reader would trip over on the page as it is laid out now, as sentences: run in the page by layout.py, which says what each means.
(() => {
    // The letters of two lines may lie close; a row's box is higher than what is drawn in it.
    const INSET = 0.22, SLACK = 1.5;
    const found = [];
    const quote = (text) => "“" + text.trim().replace(/\s+/g, " ").slice(0, 40) + "”";
    const say = (what) => { if (found.length < 40) { found.push(what); } };

    const nodes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        // The mark behind the page lies under everything; titles of drawings are not drawn.
        if (node.data.trim() && !parent.closest(".watermark, title, desc, style") && parent.getClientRects().length) {
            nodes.push(node);
        }
    }
    const rects = (node, from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return [...range.getClientRects()].filter((r) => r.width > 0.5 && r.height > 0.5);
    };

    const inner = (element) => {
        const box = element.getBoundingClientRect(), style = getComputedStyle(element);
        return { left: box.left + parseFloat(style.paddingLeft), right: box.right - parseFloat(style.paddingRight), top: box.top, bottom: box.bottom };
    };
    const body = inner(document.body);
    const outside = (r, box) => r.left < box.left - SLACK || r.right > box.right + SLACK || r.top < box.top - 4 || r.bottom > box.bottom + 4;
    // A table that scrolls by itself may be wider than the page, and only such a one.
    const scrolls = (slide) => slide && getComputedStyle(slide).overflowX === "auto";
    const rooms = (node) => {
        const parent = node.parentElement, slide = parent.closest(".slide");
        return [["its cell", parent.closest("td, th, caption")], ["its drawing", parent.closest("svg")],
            scrolls(slide) ? ["its table", slide.firstElementChild] : ["the page", null]];
    };
    const look_at_edges = (node, r) => {
        for (const [name, element] of rooms(node)) {
            const room = element ? element.getBoundingClientRect() : name === "the page" ? body : null;
            if (room && outside(r, room)) {
                say(`${quote(node.data)} reaches beyond ${name}`);
                return;
            }
        }
    };

    const look_at_words = (node) => {
        if (node.parentElement.closest("code, svg")) {
            return;
        }
        for (const word of node.data.matchAll(/[\p{L}\p{N}]{4,}/gu)) {
            // The hyphen that a browser draws before it belongs to the line above.
            const from = word.index + (node.data[word.index - 1] === "\u00ad" ? 1 : 0);
            const lines = new Set(rects(node, from, word.index + word[0].length).map((r) => Math.round(r.top)));
            if (lines.size > 1) {
                say(`${quote(word[0])} is broken anywhere`);
            }
        }
    };

    const look_at_overlap = (lines) => {
        lines.sort((a, b) => a.top - b.top);
        for (let i = 0; i < lines.length; i++) {
            for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom; j++) {
                const a = lines[i], b = lines[j];
                if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK && Math.min(a.bottom, b.bottom) > b.top) {
                    say(`${quote(a.text)} and ${quote(b.text)} overlap`);
                }
            }
        }
    };

    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
        say(`the page is ${root.scrollWidth} pixels wide where there are ${root.clientWidth}`);
    }
    const lines = [];
    for (const node of nodes) {
        for (const r of rects(node, 0, node.data.length)) {
            look_at_edges(node, r);
            lines.push({ left: r.left, right: r.right, top: r.top + INSET * r.height, bottom: r.bottom - INSET * r.height, text: node.data });
        }
        look_at_words(node);
    }
    look_at_overlap(lines);
    for (const element of document.body.querySelectorAll("*")) {
        const cuts = /hidden|clip/.test(getComputedStyle(element).overflowX) && !element.closest("svg");
        if (cuts && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
            say(`${quote(element.textContent)} is cut off`);
        }
    }
    return { found, lines: lines.length };
})();
