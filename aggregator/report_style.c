/* SPDX-License-Identifier: Apache-2.0 */
#include "report_style.h"

#include <math.h>
#include <stdbool.h>

static const char *const colours[REPORT_STYLE_COLOURS] = {
    [REPORT_STYLE_PAPER] = "#ffffff",    [REPORT_STYLE_TINT] = "#f3f6f9",
    [REPORT_STYLE_INK] = "#1f2933",      [REPORT_STYLE_SOFT] = "#52606d",
    [REPORT_STYLE_ACCENT] = "#2b4c7e",   [REPORT_STYLE_NOTICE] = "#fdf6e7",
    [REPORT_STYLE_WORSE_2] = "#b5530f",  [REPORT_STYLE_WORSE_1] = "#f3ba7c",
    [REPORT_STYLE_NEUTRAL] = "#e4e7eb",  [REPORT_STYLE_BETTER_1] = "#6a9fd0",
    [REPORT_STYLE_BETTER_2] = "#153a66", [REPORT_STYLE_STEP_1] = "#e3ebf4",
    [REPORT_STYLE_STEP_2] = "#b9cfe6",   [REPORT_STYLE_STEP_3] = "#86acd6",
    [REPORT_STYLE_STEP_4] = "#3f6fa8",   [REPORT_STYLE_STEP_5] = "#1d3d68"};

/* The colours of the sheet are those above; the test of this module compares. */
static const char sheet[] =
    ":root{--ink:#1f2933;--soft:#52606d;--line:#d5dce3;--paper:#ffffff;--tint:#f3f6f9;--accent:#2b4c7e}\n"
    "*{box-sizing:border-box}\nhtml{background:var(--tint);text-wrap:pretty}.one{white-space:nowrap}\n"
    "body{margin:0 auto;max-width:54rem;padding:3rem 3.5rem 4rem;background:var(--paper);color:var(--ink);"
    "font:16px/1.55 'Source Sans 3','Segoe UI','Helvetica Neue',Arial,sans-serif}\n"
    "h1{font-size:2.1rem;line-height:1.15;margin:.2rem 0 .6rem}\n"
    "h2{font-size:1.45rem;line-height:1.25;margin:2.6rem 0 .6rem;padding-top:1rem;border-top:3px solid "
    "var(--accent)}\n"
    "h3{font-size:1.1rem;line-height:1.35;margin:1.6rem 0 .5rem}\n"
    "p{margin:.5rem 0 .9rem;max-width:44rem}\n.kicker{color:var(--accent);font-weight:600;margin:0}\n"
    ".soft,figcaption{color:var(--soft)}\nfigcaption{font-size:.9rem;margin:.2rem 0 .5rem}\n"
    ".facts{display:flex;flex-wrap:wrap;gap:.3rem 2.4rem;margin:1rem 0 1.2rem;padding:0;list-style:none}\n"
    ".facts b{display:block;font-size:1.7rem;line-height:1.25;font-variant-numeric:tabular-nums}\n"
    ".notice{border-left:5px solid #b7791f;background:#fdf6e7;padding:.7rem 1rem;margin:1.1rem 0}\n"
    ".wrong{border-left:5px solid #a3480b;background:#fdf6e7;padding:.7rem 1rem;margin:1.1rem 0}\n"
    ".hidden{border:1px dashed #9aa5b1;background:var(--tint);color:var(--soft);padding:.6rem "
    ".9rem;break-inside:avoid}\n"
    "div.hidden p{margin:0 0 .3rem}div.hidden ul{margin:0;padding-left:1.3rem}\n"
    "figure{margin:1.1rem 0 1.8rem}figure p.soft{font-size:.9rem;max-width:none;margin:.3rem 0 .6rem}\n"
    "table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums;margin:."
    "4rem 0 1rem}\n"
    "caption{text-align:left;color:var(--soft);font-size:.88rem;padding:0 0 .25rem}\n"
    "tr{break-inside:avoid}\nthead{display:table-header-group;break-after:avoid}\ncaption{break-after:avoid}"
    "\n"
    "table:not(:has(tr:nth-child(24))),figure:not(:has(tr:nth-child(15))){break-inside:avoid}\n.whole{break-"
    "inside:avoid}\n.scale{break-after:"
    "avoid}\n"
    "td{white-space:nowrap}\ntd.words{white-space:normal}\n"
    "th,td{padding:.26rem .45rem;border-bottom:1px solid "
    "var(--line);text-align:left;font-weight:400;vertical-align:top;"
    "overflow-wrap:break-word}\n"
    "thead th{font-size:.84rem;color:var(--soft);font-weight:600;vertical-align:bottom}\n"
    "thead th+th:not(.words){max-width:7rem}td,thead "
    "th+th{text-align:right}\ntd.words,th.words{text-align:left!important}"
    "td+td.words,th+th.words{padding-left:1.4rem}\n"
    ".rest td,.rest th{color:var(--soft)}\n"
    "svg{break-inside:avoid;display:block;width:100%;height:auto;margin:0 0 .3rem;font-family:inherit}\n"
    "svg.narrow{display:none}\nsvg "
    "text{fill:#1f2933}\n"
    "svg .soft{fill:#52606d}\nsvg .light{fill:#ffffff}\n"
    ".key{break-after:avoid;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;font-size:.88rem;margin:.1rem 0 "
    ".4rem;max-width:none}"
    ".key span{display:inline-flex;align-items:baseline}"
    ".key i{flex:none;width:.85rem;height:.85rem;margin-right:.4rem;border:1px solid "
    "#9aa5b1;transform:translateY(.1rem)}"
    ".key .hatch{background:repeating-linear-gradient(45deg,#ffffff 0 3px,#9aa5b1 3px 4px)}\n"
    ".watermark{position:fixed;left:50%;top:50%;transform:translate(-50%,-50%) "
    "rotate(-32deg);margin:0;max-width:none;"
    "font-size:3.4rem;font-weight:700;color:#1f2933;opacity:.055;white-space:nowrap;pointer-events:none;z-"
    "index:2}\n"
    ".write{border-bottom:1px solid #9aa5b1;height:2.1rem;margin:0;max-width:none}\n"
    ".columns{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}\n"
    "footer{margin-top:2.6rem;border-top:1px solid "
    "var(--line);padding-top:.8rem;font-size:.84rem;color:var(--soft)}\n"
    "footer{break-inside:avoid}footer dl{margin:0;display:grid;grid-template-columns:minmax(8rem,18rem) "
    "1fr;gap:.2rem 1rem}"
    "footer dt{font-weight:600}footer dd{margin:0;overflow-wrap:anywhere}\n"
    "code{font-family:'JetBrains Mono','DejaVu Sans Mono',monospace;font-size:.92em}\n"
    ".poster h1{font-size:3rem}.poster .said{font-size:1.35rem;line-height:1.4;margin:1.2rem "
    "0;padding-left:1.1rem;"
    "border-left:8px solid var(--accent)}\n.poster .said b{font-size:1.9rem}.poster footer dt,.poster footer "
    "dd{font-size:.75rem}\n";

/*
 * Drawings have a form of their own. A table that is wider scrolls by itself, the page never does: its first
 * column stays, and a shadow lies on the edge beyond which there is more.
 */
static const char media[] =
    "@page{size:A4;margin:14mm 16mm 15mm}\n"
    "@media "
    "print{html{background:none;font-size:12.5px}body{max-width:none;padding:0;font-size:9.8pt;line-height:1."
    "42}"
    "h1{font-size:21pt}h2{font-size:14pt;margin-top:1.3rem;padding-top:.7rem;break-after:avoid}h3{break-"
    "after:avoid}"
    "th,td{padding:.11rem .4rem;line-height:1.36}figure{margin:.4rem 0 "
    ".8rem}svg{width:86%}svg.narrow{display:none}"
    "p{margin:.3rem 0 .5rem;max-width:52rem}ul{margin:.4rem 0}h3{margin:1.1rem 0 .3rem}"
    ".watermark{font-size:3rem}p.soft{max-width:none;font-size:9pt}.scale{break-inside:avoid}.goal,.mean,."
    "intro{"
    "break-after:avoid}"
    /* Only between brothers does a browser keep the small print with what stands above it. */
    /* A few lines and the small print do not make a sheet: what stands before them comes along. */
    ".goes-on,.end{break-before:avoid}.goal~.slide:has(+.slide){break-after:avoid}main{display:contents}"
    "footer{"
    "break-before:avoid;margin-top:1.4rem}footer "
    "dl{display:block}"
    /* A browser breaks a footer rather than what leads to it: the chapter keeps its room (at most five lines) free. */
    ".end{padding-bottom:6.7rem}main:has(>.end)+footer{margin-top:-5.7rem}"
    "footer dt,footer dd{display:inline}footer dt::after{content:\": \"}footer dd::after{content:\". \"}"
    "figcaption{break-after:avoid;break-inside:avoid}.poster h1{font-size:30pt}"
    "body{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n"
    "@media screen and (max-width:40rem){body{padding:1.5rem "
    "1rem}h1{font-size:1.5rem;overflow-wrap:break-word}h2{font-size:1.3rem}.columns{grid-template-columns:"
    "1fr}"
    "svg.wide{display:none}svg.narrow{display:block;max-width:30rem}\n" REPORT_STYLE_SLIDE
    "\n.slide table{width:max-content;min-width:100%}.slide caption{max-width:calc(100vw - 2rem)}"
    ".slide tr>th:first-child{position:sticky;left:0;max-width:11rem;background:#ffffff}"
    ".slide tr>th:first-child{box-shadow:inset 0 -1px #d5dce3}.slide thead th+th{max-width:9rem}"
    "footer dl{grid-template-columns:1fr}td.words{min-width:9rem}.watermark{font-size:1.4rem}}\n";

const char *report_style_sheet(void) {
    return sheet;
}

const char *report_style_media(void) {
    return media;
}

const char *report_style_hex(enum report_style_colour colour) {
    return colours[colour];
}

static uint32_t digit(char c) {
    return c <= '9' ? (uint32_t)(c - '0') : (uint32_t)(c - 'a') + 10;
}

static double linear(const char *pair) {
    double c = (16 * digit(pair[0]) + digit(pair[1])) / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(enum report_style_colour colour) {
    const char *hex = colours[colour];
    return 0.2126 * linear(hex + 1) + 0.7152 * linear(hex + 3) + 0.0722 * linear(hex + 5);
}

uint32_t report_style_contrast(enum report_style_colour a, enum report_style_colour b) {
    double la = luminance(a), lb = luminance(b);
    return (uint32_t)(100 * ((la > lb ? la : lb) + 0.05) / ((la > lb ? lb : la) + 0.05));
}

enum report_style_colour report_style_text_on(enum report_style_colour ground) {
    return report_style_contrast(ground, REPORT_STYLE_INK) >=
                   report_style_contrast(ground, REPORT_STYLE_PAPER)
               ? REPORT_STYLE_INK
               : REPORT_STYLE_PAPER;
}

enum report_style_colour report_style_diverging(uint16_t at, uint16_t count) {
    int side = 2 * at - (count - 1); /* below 0: unfavourable; 0: the middle one */
    if (side == 0) {
        return REPORT_STYLE_NEUTRAL;
    }
    bool outer = (side < 0 ? -side : side) > (count - 1) / 2 || count <= 3;
    if (side < 0) {
        return outer ? REPORT_STYLE_WORSE_2 : REPORT_STYLE_WORSE_1;
    }
    return outer ? REPORT_STYLE_BETTER_2 : REPORT_STYLE_BETTER_1;
}

enum report_style_colour report_style_step(uint16_t at, uint16_t count) {
    uint16_t step = count > 1 ? (uint16_t)(at * 4 / (count - 1)) : 3;
    return (enum report_style_colour)(REPORT_STYLE_STEP_1 + step);
}
