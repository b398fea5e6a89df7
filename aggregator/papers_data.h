/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAPERS_DATA_H
#define PAPERS_DATA_H

/* The templates of assets/papers, built in by cmake/embed_papers.cmake; ends with a row without a name. */
struct papers_data {
    const char *name; /* of the file, without .html; parts begin with _ */
    const char *html; /* zero-terminated UTF-8 */
};
extern const struct papers_data papers_data[];

#endif
