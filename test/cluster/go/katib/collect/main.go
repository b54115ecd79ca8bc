// Command collect answers what Katib's file collector would report: it calls Katib's own parser.
//
// It reads JSON lines, {"names": "a;b", "filters": "…", "format": "TEXT", "outputs": [base64, …]}, and writes one line
// for each: [[[name, value, time], …] or {"failed": why}, …], an answer for each output. Names and filters are joined
// as they stand on the collector's command line, and split as its main function splits them.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	common "github.com/kubeflow/katib/pkg/apis/controller/common/v1beta1"
	api "github.com/kubeflow/katib/pkg/apis/manager/v1beta1"
	collector "github.com/kubeflow/katib/pkg/metricscollector/v1beta1/file-metricscollector"
	"k8s.io/klog/v2"
)

type request struct {
	Names   string   `json:"names"`
	Filters string   `json:"filters"`
	Format  string   `json:"format"`
	Outputs [][]byte `json:"outputs"`
}

type failure struct {
	Failed string `json:"failed"`
}

func main() {
	klog.LogToStderr(false)
	klog.SetLogger(klog.Logger{})
	folder, err := os.MkdirTemp("", "katib-push-collect-")
	check(err)
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "metrics.log")
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<30)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for lines.Scan() {
		var asked request
		check(json.Unmarshal(lines.Bytes(), &asked))
		answers := make([]any, len(asked.Outputs))
		for at, output := range asked.Outputs {
			check(os.WriteFile(file, output, 0o600))
			answers[at] = answer(file, asked)
		}
		check(json.NewEncoder(out).Encode(answers))
	}
	check(lines.Err())
}

// What the collector's main function does between its flags and its report.
func answer(file string, asked request) (result any) {
	defer func() {
		if reason := recover(); reason != nil {
			result = failure{"it crashes"}
		}
	}()
	var filters []string
	if len(asked.Filters) != 0 {
		filters = strings.Split(asked.Filters, ";")
	}
	log, err := collector.CollectObservationLog(file, strings.Split(asked.Names, ";"), filters, common.FileFormat(asked.Format))
	if err != nil {
		return failure{"it can't read the file"}
	}
	return rows(log)
}

func rows(log *api.ObservationLog) any {
	found := make([][3]string, 0, len(log.MetricLogs))
	for _, row := range log.MetricLogs {
		if !utf8.ValidString(row.Metric.Name) || !utf8.ValidString(row.Metric.Value) {
			return failure{"it can't encode the report"} // protobuf demands UTF-8
		}
		found = append(found, [3]string{row.Metric.Name, row.Metric.Value, row.TimeStamp})
	}
	return found
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "collect:", err)
		os.Exit(1)
	}
}
