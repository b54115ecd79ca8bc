{{/* A value of null takes a field out: OpenShift gives users and groups from ranges of its own. */}}
{{- define "webhook.podSecurityContext" -}}
{{- include "webhook.withoutNulls" .Values.podSecurityContext -}}
{{- end -}}

{{- define "webhook.containerSecurityContext" -}}
{{- include "webhook.withoutNulls" .Values.containerSecurityContext -}}
{{- end -}}

{{- define "webhook.withoutNulls" -}}
{{- $kept := dict -}}
{{- range $key, $value := . -}}
{{- if not (kindIs "invalid" $value) -}}
{{- $_ := set $kept $key $value -}}
{{- end -}}
{{- end -}}
{{- toYaml $kept -}}
{{- end -}}

{{- define "webhook.scheduling" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* The Pod that makes certificates. */}}
{{- define "webhook.certificatesPod" -}}
metadata:
  labels:
    {{- include "webhook.labels" . | nindent 4 }}
    app.kubernetes.io/component: certificates
    sidecar.istio.io/inject: "false"
spec:
  serviceAccountName: {{ include "webhook.fullname" . }}-certificates
  automountServiceAccountToken: true
  enableServiceLinks: false
  restartPolicy: OnFailure
  securityContext:
    {{- include "webhook.podSecurityContext" . | nindent 4 }}
  {{- with include "webhook.scheduling" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - name: certificates
      image: {{ include "webhook.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args:
        - certificates
        - --secret
        - {{ include "webhook.certificateSecret" . | quote }}
        - --service
        - {{ include "webhook.fullname" . | quote }}
        - --webhook-configuration
        - {{ include "webhook.fullname" . | quote }}
        - --validity={{ .Values.certificates.selfSigned.validity }}
        - --renew-before={{ .Values.certificates.selfSigned.renewBefore }}
      resources:
        requests:
          cpu: 50m
          memory: 64Mi
        limits:
          memory: 256Mi
      securityContext:
        {{- include "webhook.containerSecurityContext" . | nindent 8 }}
{{- end -}}
