// The layout engine in its worker, built as a file of its own: it answers what `arrange` asks.
import "elkjs/lib/elk-worker.min.js";
