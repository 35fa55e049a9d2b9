/** Todos los textos de la administración, en español. Habla de tú. */
import { audit } from "./admin/audit";
import { common } from "./admin/common";
import { host } from "./admin/host";
import { keeping } from "./admin/keeping";
import { loadtest } from "./admin/loadtest";
import { moderation } from "./admin/moderation";
import { reports } from "./admin/reports";
import { views } from "./admin/views";

export const admin = {
  ...common,
  ...audit,
  ...host,
  ...moderation,
  ...keeping,
  ...loadtest,
  ...reports,
  ...views,
};
