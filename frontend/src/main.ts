// Everything the pages do beyond links and forms. Each page works without it.
import { EventList } from "./events";
import { PrintButton } from "./print";
import { ThemeSwitch } from "./theme";
import { Timeline } from "./timeline";

customElements.define("aa-theme", ThemeSwitch);
customElements.define("aa-print", PrintButton);
customElements.define("aa-timeline", Timeline);
customElements.define("aa-events", EventList);
