/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/voice.h"

#include <SDL.h>
#include <string.h>

enum { BLOCK = 1024, TRIAL_RATE = 22050 };

static void close_device(struct voice *voice) {
    if (voice->handle != 0) {
        SDL_CloseAudioDevice(voice->handle);
    }
    voice->handle = 0;
    voice->rate = 0;
}

static bool open_device(struct voice *voice, uint32_t rate) {
    SDL_AudioSpec wanted = {.freq = (int)rate, .format = AUDIO_S16SYS, .channels = 1, .samples = BLOCK};
    if (voice->handle != 0 && voice->rate == rate) {
        return true;
    }
    close_device(voice);
    voice->handle = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    voice->rate = voice->handle != 0 ? rate : 0;
    return voice->handle != 0;
}

/* A driver that says it is there may still have nothing to play on: only opening tells. */
static bool is_there(void *context) {
    struct voice *voice = context;
    if (!voice->asked) {
        voice->asked = true;
        voice->there = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
        voice->there = voice->there && open_device(voice, TRIAL_RATE);
        close_device(voice);
    }
    return voice->there;
}

static bool play(void *context, const int16_t *sample, uint32_t count, uint32_t rate) {
    struct voice *voice = context;
    if (!is_there(voice) || !open_device(voice, rate)) {
        return false;
    }
    SDL_ClearQueuedAudio(voice->handle);
    bool queued = SDL_QueueAudio(voice->handle, sample, count * (uint32_t)sizeof *sample) == 0;
    SDL_PauseAudioDevice(voice->handle, queued ? 0 : 1);
    return queued;
}

/* Closing waits for the device, and whoever hides the page cannot: it is only silent. */
static void hush(void *context) {
    struct voice *voice = context;
    if (voice->handle != 0) {
        SDL_PauseAudioDevice(voice->handle, 1);
        SDL_ClearQueuedAudio(voice->handle);
    }
}

static bool is_playing(void *context) {
    const struct voice *voice = context;
    return voice->handle != 0 && SDL_GetQueuedAudioSize(voice->handle) > 0 &&
           SDL_GetAudioDeviceStatus(voice->handle) == SDL_AUDIO_PLAYING;
}

static void rest(void *context) {
    close_device(context);
}

void voice_begin(struct voice *out) {
    memset(out, 0, sizeof *out);
    out->device = (struct speech_device){is_there, play, hush, is_playing, rest, out};
}

void voice_close(struct voice *voice) {
    close_device(voice);
    memset(voice, 0, sizeof *voice);
}
