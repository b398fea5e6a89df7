/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/xlsx_xml.h"

#include <expat.h>
#include <string.h>

#define MARK '|' /* between namespace and name */

struct reading {
    XML_Parser parser;
    const struct xlsx_xml_handler *handler;
    void *context;
    unsigned depth;
    enum fault fault;
};

static const char *local(const char *name) {
    const char *mark = strrchr(name, MARK);
    return mark ? mark + 1 : name;
}

static void stop(struct reading *reading, enum fault fault) {
    if (fault && !reading->fault) {
        reading->fault = fault;
        XML_StopParser(reading->parser, XML_FALSE);
    }
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes) {
    struct reading *reading = context;
    if (reading->fault) {
        return; /* Expat may still deliver what it had at hand when it was stopped */
    }
    if (++reading->depth > XLSX_XML_DEPTH) {
        stop(reading, FAULT_LIMIT);
    } else if (reading->handler->start) {
        stop(reading,
             reading->handler->start(reading->context, local(name), (const char *const *)attributes));
    }
}

static void XMLCALL on_end(void *context, const XML_Char *name) {
    struct reading *reading = context;
    if (!reading->fault) {
        reading->depth--;
        stop(reading,
             reading->handler->end ? reading->handler->end(reading->context, local(name)) : FAULT_NONE);
    }
}

static void XMLCALL on_text(void *context, const XML_Char *data, int size) {
    struct reading *reading = context;
    if (!reading->fault && reading->handler->text) {
        stop(reading, reading->handler->text(reading->context, data, (size_t)size));
    }
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int internal) {
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)internal;
    stop(context, FAULT_REFUSED);
}

enum fault xlsx_xml_read(struct bytes part, const struct xlsx_xml_handler *handler, void *context,
                         unsigned *line) {
    struct reading reading = {XML_ParserCreateNS(NULL, MARK), handler, context, 0, FAULT_NONE};
    enum fault fault = FAULT_NONE;
    *line = 0;
    if (!reading.parser) {
        return FAULT_MEMORY;
    }
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reading.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    if (XML_Parse(reading.parser, (const char *)part.data, (int)part.size, XML_TRUE) != XML_STATUS_OK) {
        fault = XML_GetErrorCode(reading.parser) == XML_ERROR_NO_MEMORY ? FAULT_MEMORY : FAULT_TEXT;
        *line = (unsigned)XML_GetCurrentLineNumber(reading.parser);
    }
    XML_ParserFree(reading.parser);
    return reading.fault ? reading.fault : fault;
}

const char *xlsx_xml_attribute(const char *const *attributes, const char *name) {
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(local(attributes[i]), name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}
