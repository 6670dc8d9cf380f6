/** The script of every page: behaviours for what the server rendered. Pages work without it. */
import "../styles/main.css";

import * as fragments from "./fragments";
import * as toast from "./toast";

for (const part of [fragments, toast]) part.start();
