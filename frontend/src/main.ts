/** The script of every page: behaviours for what the server rendered. Pages work without it. */
import "../styles/main.css";

import * as busy from "./busy";
import * as dialogs from "./dialogs";
import * as draft from "./draft-watch";
import * as editor from "./editor-loader";
import * as fragments from "./fragments";
import * as givenBack from "./given-back";
import * as live from "./live/live";
import * as liveNews from "./live/live-news";
import * as rail from "./live/rail";
import * as lookPreview from "./look-preview";
import * as mentionField from "./mention-field";
import * as orgTree from "./org-tree";
import * as passwordMeter from "./password-meter";
import * as peopleView from "./people-view";
import * as photoCrop from "./photo-crop";
import * as pops from "./pops";
import * as publish from "./publish";
import * as quickFind from "./quick-find";
import * as seen from "./seen";
import * as shortcuts from "./shortcuts";
import * as skillField from "./skill-field";
import * as tabs from "./tabs";
import * as theme from "./theme";
import * as toast from "./toast";

// `busy` hears a submit first, so that a second one reaches nobody.
const parts = [busy, dialogs, pops, fragments, toast, draft, theme, shortcuts, mentionField, rail, publish, givenBack, seen, peopleView, tabs];
const elements = [lookPreview, liveNews, passwordMeter, photoCrop, quickFind, orgTree, skillField];
for (const part of [...parts, ...elements, editor, live]) part.start();
