/** Every text of the administration, in English. Its type is the one every other language has to fill. */
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
