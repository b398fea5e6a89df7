/* SPDX-License-Identifier: Apache-2.0 */
#ifndef XLSX_XML_H
#define XLSX_XML_H

#include "core/bytes.h"

/*
 * One part of a workbook as XML, read with Expat. Names come without their namespace, for the two editions of
 * the format differ in nothing else. A document type declaration is refused, and with it every entity of the
 * file's own.
 */

enum { XLSX_XML_DEPTH = 64 };

struct xlsx_xml_handler {
    /* Each may be NULL; a fault ends the reading and is what xlsx_xml_read gives. */
    enum fault (*start)(void *context, const char *name, const char *const *attributes);
    enum fault (*end)(void *context, const char *name);
    enum fault (*text)(void *context, const char *data, size_t size);
};

/*
 * FAULT_REFUSED: a DOCTYPE. FAULT_TEXT: not well-formed; *line says where. FAULT_LIMIT: nested deeper than
 * XLSX_XML_DEPTH. FAULT_MEMORY; the faults of the handler.
 */
enum fault xlsx_xml_read(struct bytes part, const struct xlsx_xml_handler *handler, void *context,
                         unsigned *line) FAULT_MUST_CHECK;

/* The value of an attribute in a handler's list, or NULL. */
const char *xlsx_xml_attribute(const char *const *attributes, const char *name);

#endif
