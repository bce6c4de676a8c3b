// Asks the layout engine, in a worker of its own, where the boxes of a drawing stand best.
import ELK, { type ELK as Engine } from "elkjs/lib/elk-api";
import type { Body } from "./parts";

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}
export type Places = Record<string, [number, number]>;

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.padding": "[top=70,left=0,bottom=10,right=0]",
};
// With many boxes the finest placing takes seconds and looks no better.
const MANY = 120;
const PLAINLY = { "elk.layered.nodePlacement.strategy": "SIMPLE", "elk.layered.thoroughness": "2", "elk.layered.crossingMinimization.greedySwitch.type": "OFF" };
const ACROSS = { "elk.direction": "RIGHT", "elk.spacing.nodeNode": "46", "elk.layered.spacing.nodeNodeBetweenLayers": "30" };
const DOWN = { "elk.direction": "DOWN", "elk.spacing.nodeNode": "14", "elk.layered.spacing.nodeNodeBetweenLayers": "46" };

// Boxes of a drawing as they stand on the page, each node once.
export function boxesOf(svg: SVGSVGElement): Box[] {
  const found = new Map<string, Box>();
  for (const each of svg.querySelectorAll<SVGGElement>('g[data-part^="node:"]')) {
    const id = (each.dataset["part"] ?? "").slice(5);
    const box = (each.querySelector<SVGGraphicsElement>(":scope > rect") ?? each).getBBox();
    if (!found.has(id)) found.set(id, { id, width: box.width, height: box.height });
  }
  return [...found.values()];
}

let engine: Engine | undefined;

export async function placesFor(script: string, boxes: readonly Box[], edges: readonly Body[], isDown: boolean): Promise<Places> {
  const known = new Set(boxes.map((each) => each.id));
  const links = edges.filter((each) => known.has(String(each["source"])) && known.has(String(each["target"])) && each["relation"] !== "mitigated");
  engine ??= new ELK({ workerFactory: () => new Worker(script) });
  const made = await engine.layout({
    id: "all",
    layoutOptions: { ...OPTIONS, ...(isDown ? DOWN : ACROSS), ...(boxes.length > MANY ? PLAINLY : {}) },
    children: boxes.map((each) => ({ ...each })),
    // From an effect to its causes, as one reads.
    edges: links.map((each, at) => ({ id: `e${at}`, sources: [String(each["target"])], targets: [String(each["source"])] })),
  });
  return Object.fromEntries((made.children ?? []).map((each) => [each.id, [Math.round(each.x ?? 0), Math.round(each.y ?? 0)]]));
}
