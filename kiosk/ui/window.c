/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/window.h"

#include <SDL.h>
#include <string.h>

#include "kiosk/ui/draw.h"

/* Longer than any finger of a pupil rests on an answer. */
enum { FINGER_MS = 10000 };

static void set_hints(void) {
    SDL_SetHint(SDL_HINT_ALLOW_ALT_TAB_WHILE_GRABBED, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "1");
    /* Then SDL_QUIT comes from signals and the session's end only. */
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
    /* Fingers are heard as fingers; made into a mouse as well, a touch would count twice. */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
}

/* Nothing follows from where a hand moves: it would only wake us. */
static void ignore_movement(void) {
    SDL_EventState(SDL_MOUSEMOTION, SDL_IGNORE);
    SDL_EventState(SDL_FINGERMOTION, SDL_IGNORE);
    SDL_StopTextInput();
}

/* A bitmap needs no graphics stack: 100 MB less memory. Wayland has no other way to show one. */
static void spare_the_graphics_stack(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver != NULL && strcmp(driver, "wayland") != 0) {
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    }
}

/*
 * Where there is no display SDL draws into memory unasked, and the kiosk would wait for somebody who sees
 * nothing.
 */
static bool is_invisible(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver == NULL || ((strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0) &&
                              SDL_getenv("SDL_VIDEODRIVER") == NULL);
}

/* Without a window manager nobody enlarges a window: it is made as large as the screen. */
static SDL_Window *create(const struct window_setup *setup) {
    SDL_DisplayMode mode = {0};
    if (setup->windowed) {
        return SDL_CreateWindow("Klankbord", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, setup->width,
                                setup->height, SDL_WINDOW_RESIZABLE);
    }
    if (SDL_GetDesktopDisplayMode(0, &mode) != 0) {
        return NULL;
    }
    return SDL_CreateWindow("Klankbord", 0, 0, mode.w, mode.h,
                            SDL_WINDOW_BORDERLESS | SDL_WINDOW_FULLSCREEN_DESKTOP);
}

static void close_covers(struct window *window) {
    for (int i = 0; i < WINDOW_COVERS; i++) {
        if (window->cover[i] != NULL) {
            SDL_DestroyWindow(window->cover[i]);
            window->cover[i] = NULL;
        }
    }
}

static void blank(SDL_Window *cover) {
    SDL_Surface *surface = SDL_GetWindowSurface(cover);
    if (surface != NULL) {
        SDL_FillRect(surface, NULL, SDL_MapRGB(surface->format, 0, 0, 0));
        SDL_UpdateWindowSurface(cover);
    }
}

/*
 * A screen on which our own window is too, mirrored or drawn out by the session: a cover would lie over the
 * page.
 */
static bool has_page(const struct window *window, const SDL_Rect *screen) {
    SDL_Rect first;
    SDL_Rect ours;
    SDL_GetWindowPosition(window->handle, &ours.x, &ours.y);
    SDL_GetWindowSize(window->handle, &ours.w, &ours.h);
    return SDL_GetDisplayBounds(0, &first) != 0 || SDL_HasIntersection(&first, screen) ||
           SDL_HasIntersection(&ours, screen);
}

/*
 * The window, or where it reaches further what of it is on the first screen: nobody draws a pupil's page out
 * over a projector. True when that is another place than before.
 */
static bool place_page(struct window *window) {
    struct paint_rect before = window->page;
    SDL_Rect ours;
    SDL_Rect first;
    SDL_Rect shared;
    SDL_GetWindowPosition(window->handle, &ours.x, &ours.y);
    SDL_GetWindowSize(window->handle, &ours.w, &ours.h);
    window->page = (struct paint_rect){0, 0, ours.w, ours.h};
    if (window->covers && window->others > 0 && SDL_GetDisplayBounds(0, &first) == 0 &&
        SDL_IntersectRect(&first, &ours, &shared)) {
        window->page = (struct paint_rect){shared.x - ours.x, shared.y - ours.y, shared.w, shared.h};
    }
    return memcmp(&before, &window->page, sizeof before) != 0;
}

/*
 * A cover that is not wanted any more is hidden, and wanted again later: SDL may just have sent it an event to
 * wake itself up, over a connection of its own, and would end us when X finds no such window there.
 */
static void cover(SDL_Window **window, const SDL_Rect *place) {
    /* A tooltip is what no window manager moves, enlarges or gives the keyboard. */
    uint32_t flags = SDL_WINDOW_BORDERLESS | SDL_WINDOW_ALWAYS_ON_TOP | SDL_WINDOW_TOOLTIP;
    if (*window == NULL) {
        *window = SDL_CreateWindow("Klankbord, leeg", place->x, place->y, place->w, place->h, flags);
    } else {
        SDL_SetWindowPosition(*window, place->x, place->y);
        SDL_SetWindowSize(*window, place->w, place->h);
        SDL_ShowWindow(*window);
    }
    if (*window != NULL) {
        blank(*window);
    }
}

/* Every screen but the first. */
static void cover_others(struct window *window) {
    int displays = SDL_GetNumVideoDisplays();
    window->others = displays > 1 ? displays - 1 : 0;
    for (int i = 1; window->covers && i <= WINDOW_COVERS; i++) {
        SDL_Rect place;
        if (i < displays && SDL_GetDisplayBounds(i, &place) == 0 && !has_page(window, &place)) {
            cover(&window->cover[i - 1], &place);
        } else if (window->cover[i - 1] != NULL) {
            SDL_HideWindow(window->cover[i - 1]);
        }
    }
    if (window->others > 0) {
        SDL_RaiseWindow(window->handle);
    }
    /* Without a window manager a new window has the keyboard, and takes it along when it goes. */
    (void)SDL_SetWindowInputFocus(window->handle);
}

enum fault window_open(struct window *out, const struct window_setup *setup) {
    enum fault fault = FAULT_SCREEN;
    memset(out, 0, sizeof *out);
    set_hints();
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        goto done;
    }
    out->started = true;
    if (is_invisible()) {
        goto done;
    }
    spare_the_graphics_stack();
    out->handle = create(setup);
    if (out->handle == NULL) {
        goto done;
    }
    SDL_Surface *surface = SDL_GetWindowSurface(out->handle);
    if (surface == NULL || surface->format->BytesPerPixel != 4) {
        goto done;
    }
    ignore_movement();
    out->covers = !setup->windowed;
    cover_others(out);
    (void)place_page(out);
    if (!setup->windowed) {
        SDL_SetWindowKeyboardGrab(out->handle, SDL_TRUE);
    }
    fault = redraw_init(&out->redraw);
done:
    if (fault) {
        window_close(out);
    }
    return fault;
}

void window_close(struct window *window) {
    close_covers(window);
    redraw_release(&window->redraw);
    if (window->handle != NULL) {
        SDL_DestroyWindow(window->handle);
    }
    if (window->started) {
        SDL_Quit();
    }
    memset(window, 0, sizeof *window);
}

void window_size(const struct window *window, int *width, int *height) {
    *width = window->page.w;
    *height = window->page.h;
}

/* On a surface of its own that lies in the window's; everything around it is black. */
static bool draw_part(const struct window *window, SDL_Surface *surface, const struct stage *stage) {
    const SDL_PixelFormat *format = surface->format;
    struct paint_rect place = window->page;
    if (place.x < 0 || place.y < 0 || place.x + place.w > surface->w || place.y + place.h > surface->h) {
        return false; /* the surface is still of another size */
    }
    uint8_t *at = (uint8_t *)surface->pixels + place.y * surface->pitch + place.x * format->BytesPerPixel;
    SDL_Surface *part = SDL_CreateRGBSurfaceFrom(at, place.w, place.h, format->BitsPerPixel, surface->pitch,
                                                 format->Rmask, format->Gmask, format->Bmask, format->Amask);
    if (part == NULL) {
        return false;
    }
    SDL_FillRect(surface, NULL, SDL_MapRGB(format, 0, 0, 0));
    draw_page(part, stage->page, &stage->theme, &stage->fonts);
    SDL_FreeSurface(part);
    return true;
}

/* A surface that SDL has made since, for a window of another size, has nothing on it yet, and not our mark. */
static bool draw_changes(struct window *window, SDL_Surface *surface, const struct stage *stage) {
    struct paint_rect place[REDRAW_PLACES];
    SDL_Rect changed[REDRAW_PLACES];
    if (surface->userdata != window) {
        redraw_forget(&window->redraw);
        surface->userdata = window;
    }
    size_t count = redraw_page(&window->redraw, place, surface, stage->page, &stage->theme, &stage->fonts);
    for (size_t i = 0; i < count; i++) {
        changed[i] = (SDL_Rect){place[i].x, place[i].y, place[i].w, place[i].h};
    }
    return SDL_UpdateWindowSurfaceRects(window->handle, changed, (int)count) == 0;
}

bool window_draw(struct window *window, const struct stage *stage) {
    SDL_Surface *surface = SDL_GetWindowSurface(window->handle);
    if (surface == NULL) {
        return false;
    }
    if (window->page.w != surface->w || window->page.h != surface->h) {
        redraw_forget(&window->redraw);
        return draw_part(window, surface, stage) && SDL_UpdateWindowSurface(window->handle) == 0;
    }
    if (!draw_changes(window, surface, stage)) {
        redraw_forget(&window->redraw);
        return false;
    }
    return true;
}

struct key {
    SDL_Scancode code;
    enum stage_key key;
    bool repeats; /* also heard while it is held down */
};

static const struct key keys[] = {
    {SDL_SCANCODE_TAB, STAGE_TAB, true},          {SDL_SCANCODE_DOWN, STAGE_DOWN, true},
    {SDL_SCANCODE_RIGHT, STAGE_RIGHT, true},      {SDL_SCANCODE_UP, STAGE_UP, true},
    {SDL_SCANCODE_LEFT, STAGE_LEFT, true},        {SDL_SCANCODE_RETURN, STAGE_ENTER, false},
    {SDL_SCANCODE_KP_ENTER, STAGE_ENTER, false},  {SDL_SCANCODE_SPACE, STAGE_SPACE, false},
    {SDL_SCANCODE_BACKSPACE, STAGE_ERASE, false}, {SDL_SCANCODE_PAGEDOWN, STAGE_PAGE_DOWN, false},
    {SDL_SCANCODE_PAGEUP, STAGE_PAGE_UP, false},  {SDL_SCANCODE_F10, STAGE_MENTOR, false},
    {SDL_SCANCODE_F8, STAGE_LISTEN, false},       {SDL_SCANCODE_F7, STAGE_AGAIN, false},
    {SDL_SCANCODE_F9, STAGE_SCAN, false},         {SDL_SCANCODE_ESCAPE, STAGE_HIDE, false},
    {SDL_SCANCODE_F12, STAGE_HIDE, false},
};

/* By place on the keyboard, so that layouts that want Shift for digits work as well. */
static int digit_of(SDL_Scancode code) {
    if (code >= SDL_SCANCODE_1 && code <= SDL_SCANCODE_9) {
        return (int)code - SDL_SCANCODE_1 + 1;
    }
    if (code >= SDL_SCANCODE_KP_1 && code <= SDL_SCANCODE_KP_9) {
        return (int)code - SDL_SCANCODE_KP_1 + 1;
    }
    return code == SDL_SCANCODE_0 || code == SDL_SCANCODE_KP_0 ? 0 : -1;
}

/* What a held Shift or Ctrl makes of a key. */
static enum stage_key modified(enum stage_key key, uint16_t modifiers) {
    if (key == STAGE_TAB && (modifiers & KMOD_SHIFT) != 0) {
        return STAGE_TAB_BACK;
    }
    if (key == STAGE_RIGHT && (modifiers & KMOD_CTRL) != 0) {
        return STAGE_PAGE_DOWN;
    }
    if (key == STAGE_LEFT && (modifiers & KMOD_CTRL) != 0) {
        return STAGE_PAGE_UP;
    }
    return key;
}

static enum window_news hear_key(struct stage *stage, const SDL_KeyboardEvent *event) {
    SDL_Scancode code = event->keysym.scancode;
    uint64_t now_ms = window_now_ms();
    if (digit_of(code) >= 0 && !event->repeat) {
        stage_digit(stage, digit_of(code), now_ms);
        return WINDOW_HEARD;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].code == code && (keys[i].repeats || !event->repeat)) {
            stage_key(stage, modified(keys[i].key, event->keysym.mod), now_ms);
            return WINDOW_HEARD;
        }
    }
    return WINDOW_NOTHING;
}

/* Also what no window is named for: SDL does so before the first one has the focus. */
static bool is_ours(const struct window *window, uint32_t id) {
    return id == 0 || id == SDL_GetWindowID(window->handle);
}

/*
 * Then a mouse is made into fingers, for tests on machines without a touch screen, and comes in as itself
 * too.
 */
static bool mouse_is_finger(void) {
    return SDL_GetHintBoolean(SDL_HINT_MOUSE_TOUCH_EVENTS, SDL_FALSE) == SDL_TRUE;
}

/*
 * The first finger presses and releases; another one beside it, the hand that leans on the screen, does
 * nothing. One whose leaving was never told makes way after FINGER_MS.
 */
static enum window_news hear_finger(struct window *window, struct stage *stage,
                                    const SDL_TouchFingerEvent *event) {
    int width = 0;
    int height = 0;
    bool down = event->type == SDL_FINGERDOWN;
    uint64_t now_ms = window_now_ms();
    bool other = window->touched && event->fingerId != window->finger;
    bool lost = down && now_ms - window->touched_ms > FINGER_MS;
    if (!is_ours(window, event->windowID) || (other && !lost) || (!down && !window->touched)) {
        return WINDOW_NOTHING;
    }
    SDL_GetWindowSize(window->handle, &width, &height);
    int x = (int)(event->x * (float)width) - window->page.x;
    int y = (int)(event->y * (float)height) - window->page.y;
    window->touched = down;
    window->finger = event->fingerId;
    window->touched_ms = now_ms;
    if (down) {
        stage_press(stage, x, y, now_ms);
    } else {
        stage_release(stage, x, y, now_ms);
    }
    return WINDOW_HEARD;
}

static enum window_news hear_button(const struct window *window, struct stage *stage,
                                    const SDL_MouseButtonEvent *event) {
    bool finger = event->which == SDL_TOUCH_MOUSEID || mouse_is_finger();
    if (finger || event->button != SDL_BUTTON_LEFT || !is_ours(window, event->windowID)) {
        return WINDOW_NOTHING;
    }
    int x = event->x - window->page.x;
    int y = event->y - window->page.y;
    if (event->type == SDL_MOUSEBUTTONDOWN) {
        stage_press(stage, x, y, window_now_ms());
    } else {
        stage_release(stage, x, y, window_now_ms());
    }
    return WINDOW_HEARD;
}

/* A cover that was uncovered by something else is made black again. */
static enum window_news hear_cover(const SDL_WindowEvent *event) {
    SDL_Window *cover = SDL_GetWindowFromID(event->windowID);
    if (event->event == SDL_WINDOWEVENT_EXPOSED && cover != NULL) {
        blank(cover);
    }
    return WINDOW_NOTHING;
}

static enum window_news hear_window(struct window *window, const SDL_WindowEvent *event) {
    if (!is_ours(window, event->windowID)) {
        return hear_cover(event);
    }
    redraw_forget(&window->redraw);
    switch (event->event) {
    case SDL_WINDOWEVENT_EXPOSED: return WINDOW_EXPOSED;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        cover_others(window);
        (void)place_page(window);
        return WINDOW_RESIZED;
    case SDL_WINDOWEVENT_MOVED: return place_page(window) ? WINDOW_RESIZED : WINDOW_NOTHING;
    case SDL_WINDOWEVENT_FOCUS_LOST: window->touched = false; return WINDOW_NOTHING;
    case SDL_WINDOWEVENT_FOCUS_GAINED:
        if ((SDL_GetWindowFlags(window->handle) & SDL_WINDOW_BORDERLESS) != 0) {
            SDL_SetWindowKeyboardGrab(window->handle, SDL_TRUE);
        }
        return WINDOW_EXPOSED;
    default: return WINDOW_NOTHING;
    }
}

bool window_has_more(void) {
    return SDL_PollEvent(NULL) == 1;
}

enum window_news window_wait(struct window *window, struct stage *stage, int patience_ms) {
    SDL_Event event;
    int got = patience_ms < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, patience_ms);
    if (got == 0) {
        return WINDOW_NOTHING;
    }
    switch (event.type) {
    case SDL_QUIT: return WINDOW_ENDED;
    case SDL_KEYDOWN: return hear_key(stage, &event.key);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return hear_button(window, stage, &event.button);
    case SDL_FINGERDOWN:
    case SDL_FINGERUP: return hear_finger(window, stage, &event.tfinger);
    case SDL_DISPLAYEVENT:
        redraw_forget(&window->redraw);
        cover_others(window);
        return place_page(window) ? WINDOW_RESIZED : WINDOW_EXPOSED;
    case SDL_WINDOWEVENT: return hear_window(window, &event.window);
    default: return WINDOW_NOTHING;
    }
}

uint64_t window_now_ms(void) {
    return SDL_GetTicks64();
}
