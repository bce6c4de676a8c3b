"""Words with a capital letter that name no person: products, companies, places, days, and how sentences begin.

Knows words only. Refuses to know people: whoever is called like a product is recognised by a full name or not at all.
"""

from __future__ import annotations

_PRODUCTS = """
    access active adobe airflow akamai alertmanager algolia alibaba amazon anchore android angular ansible apache
    apigee apollo appdynamics apple argo artifactory asana asterisk athena atlas atlassian aurora auth0 authelia
    aws azure bacula bamboo barbican bazel beat beats bigquery binder bitbucket bitnami blackbox bluesky bootstrap
    borg buildkite bun caddy calico camel camus canonical cassandra celery ceph chainguard chef chia chrome
    chromium chronos cilium cinder circle cisco citrix clickhouse cloud cloudflare cloudfront cloudwatch cockroach
    codeberg codecov composer concourse confluence confluent consul contour coredns cortex couchbase couchdb
    crowdstrike cumin curl cypress dagster dask databricks datadog debian dell deno dependabot descheduler
    designate digitalocean discord disqus django docker dockerhub drone dropbox druid drupal dyn dynatrace eclipse
    edge elastic elasticsearch elixir elk envoy equinix erlang etcd eventbus eventlogging exim express facebook
    falcon fastapi fastly fedora firebase firefox firehose flagger flask flink fluent fluentd flux flyway forgejo
    fortinet freenode ganglia gatekeeper gateway gerrit ghost git gitea github gitlab glacier glance glue gluster
    gmail gnome go godaddy google gradle grafana graphite graphql graylog greenhouse groovy gunicorn hadoop haproxy
    harbor hashicorp haskell hazelcast heat helm heptio heroku hetzner hive honeycomb horizon hubspot hudson hue
    hugo icinga influx influxdb ingress instagram intel intercom ironic istio jaeger jasper java javascript jenkins
    jessie jest jetbrains jetty jira joomla juniper jupyter jupyterhub kafka kapacitor karma karpenter keepalived
    keycloak keyhole keystone kibana kinesis kong kotlin kube kubelet kubernetes kustomize kyverno lambda laravel
    launchdarkly lightsail lighttpd linkedin linkerd linode linux litespeed locust log4j logstash loki looker lua
    lucene lvs mac magento magnum mailchimp mailgun manila marathon mariadb mastodon mattermost maven mediawiki
    memcached mesos messenger microsoft mimir minikube minio mixpanel mocha modsecurity mongo mongodb mozilla mysql
    nagios neo4j neptune netapp netbox netflix netlify netty neutron nexus nginx node nomad notion nova npm nuget
    numpy nvidia oauth octavia octopus okta ollama omega openai opensearch openshift openssl openstack opera
    opsgenie oracle origin packer pagerduty panda parsoid paypal percona perl phabricator phoenix php pingdom
    pinterest pivotal playwright plesk podman polar pomerium postfix postgres postgresql postgrest postman powerdns
    presto prometheus proxysql pulsar pulumi puma puppet pypi pythia python quantum quay rabbit rabbitmq rackspace
    rails rancher react reddit redhat redis redshift release renovate rippling rollbar rook route53 ruby rust
    safari sahara salt saltstack samsung sap scala segment selenium sendgrid sensu sentry servicenow shinken
    shopify sidekiq signal skype slack slurm snowflake snyk solaris solr sonar sonarqube sonatype spark spinnaker
    splunk spotify spring sqlite squid stackdriver stackoverflow statsd statuspage stripe supabase supervisor
    swagger swift symfony systemd tableau tekton telegraf telegram tempo terraform tesla thanos tiktok tomcat
    toolforge traefik travis trebuchet trello trino trivy trove trusty twilio twitter uber ubuntu umami unicorn
    unix upstart uptime vagrant varnish varnishkafka vault vector velero vercel verizon victoriametrics virtualbox
    vitess vmware vue watchmouse weave webex webpack whatsapp wikibase wikimedia wikipedia windows woodpecker
    wordpress workspace xen xray yahoo yarn youtube zabbix zapier zend zendesk zipkin zookeeper zoom zulip zuul
"""
_WORDS = """
    player players driver drivers passenger passengers visitor visitors subscriber subscribers shopper shoppers guest
    guests caller callers patient patients cardholder cardholders viewer viewers citizen citizens tenant tenants
    traders buyers sellers seller merchant merchants applicant applicants patroni stolon orchestrator debezium
    subscriber resident residents parent parents reader readers listener listeners gamer gamers hacker attacker
    a about above according account accounts across action actions active actual actually add additional
    additionally admin administrator administrators africa after afterwards again agent agents air alert alerting
    alerts all allow almost alpha already also although always amber america american americas amsterdam an
    analysis analyst analysts and another any anyone anything api apparently application applications apps apr
    april are around article as ashburn asia asian aside at attempt attempts aug august author authors auto
    automation autumn available back backend backup backups bad bank barack base based basically batch because
    before begin beginning being below berlin beside besides beta better between bot both bots branch brazil
    briefly browser build builds business but by cache california can canada cause causes center central certain
    change changes channel chapter check checks chicago china church cities city clear clearly client clients close
    cluster clusters coast code colleague colleagues commander comment comments commit commits community company
    complete conclusion config configuration confirmed connection consequently contact contractor contractors
    control controller coordinator core country created critical cron current currently customer customers daily
    dallas dashboard dashboards data database databases date day daylight days dba dbas debug dec december decision
    default department deploy deployer deployers deployment deployments despite detail details detection dev
    developer developers development device devices devops did different director disk dns do docs document does
    down downtime dublin due during each early east eastern editor editors effect either email emails employee
    employees end engineer engineering engineers england english error errors europe european even event events
    eventually every everybody everyone everything evidence example exception executive existing expected external
    failed failover failure failures feature feb february few file files finally finance first fix fixed flag
    florida follow following for force foundation four france frankfurt french fri friday from front frontend full
    further future gap german germany given global good grant group groups half hardware he head health help hence
    here hey hi high his history hmm host hosts hour hours how however human i if image immediately impact in
    incident incidents including increased indeed india info infra infrastructure initial initially input instance
    instances instead internal internet investigation ireland is issue issues it italian italy its itself jan
    january japan japanese job jobs jul july jun june just key kill king known large last late later latest lead
    leaders least legal less level like likely limit link links list little live load local log logging logs london
    long look looks lots love low machine main maintainer maintainers maintenance major make maker management
    manager managers manual many mar march mark master may maybe me mean meanwhile member members memory merge
    message messages metric metrics might migration minor minute minutes mitigation moderator moderators mon monday
    monitor monitoring monitors month months more moreover most mostly mr mrs ms much multiple mumbai my national
    neither netherlands network never new next night no nobody node nodes none noon nor normal north not note notes
    nothing nov november now number obama obviously oct october of off office offline often oh ohio ok okay old on
    once one online only oops open operation operations operator operators ops option or order oregon other others
    otherwise our out outage outages output over own owner owners packet page pages paris parser parsers part
    participant participants partner partners party pattern people per performance perhaps person phase platform
    platforms please pod pods point policy pool port possible post postmortem potential preventative previous
    previously primary probably problem problems process processes product production project proposal protocol
    provider providers proxy public purpose quarter query queue quick quickly rate rather read ready really reason
    recent recovery red region regional release releases remember reminder report reporter reporters reports
    request requests research researcher researchers resolution resolved responder responders response rest restart
    result results review reviewer reviewers right river role roll rollback rollout root router run runtime said
    same san sat saturday say scheduled scheduler script second secondary section security see senior seoul sep
    separately sept september server servers service services session set several severity she shift short should
    side similar similarly simple since singapore single site sites so software some somebody someone something
    soon source south spain specific staff stage staging stakeholder standard start started state states status
    step steps still stockholm storage store strategy student students subsequently such suddenly summary summer
    sun sunday support sure sweden switch sydney symptoms system systems take tampa target task team teams
    technical technically tenant tenants test tester testers tests texas than thank thanks that the their them then
    there therefore these they thing things third this those though three through thu thur thurs thursday thus
    ticket tickets till time timeline times title to today together token tokyo tomorrow tool tools top toronto
    total traffic tranche transaction trigger tue tues tuesday two type uhmm under unfortunately union unit
    university unknown unless until up update updates upon upstream usage use user users using usual usually value
    various vendor vendors version very via victim view virginia visitor visitors volume volunteer volunteers wait
    war was washington watch we web webservice website wed wednesday week weekend weeks well went were west what
    when where whereas whether which while who whole whose why will window winter with within without work worker
    workers working world would write year years yes yesterday yet you your zone zones
"""
NOT_PEOPLE = frozenset(f"{_PRODUCTS} {_WORDS}".split())
# How words end that name roles, things and programs rather than somebody.
_ENDINGS = """
    ers ing ings tion tions ment ments ity ness ance ence able ism ware base flare ops stack hub labs bot bots net sql
    cloud team less metheus ful ous ally ably edly ively tory sis ics ated ized ised ical eers ants flow works
"""
_MONTHS = """
    january february march april may june july august september october november december jan jun
"""
# Words of this list that are surnames behind a given name.
_SURNAMES = """
    england panda west east north south day king large page river french german washington starling church hunter base
    best small little long good case may march friday monday sunday winter summer spring street field bell link bush
    holland heat salt chef sparks major early fox rivers worker banks power
"""
_NO_NICKS = """
    which that also then when never always only just first later quickly immediately soon nobody somebody someone
    everyone anyone none another could would should have been were with from this those these there here they them who
    team crew upstream downstream management press twitter slack monitoring operator customer student colleague oncall
    message email error warning page text post article ticket log logs doc output wiki support staff icinga puppet alert
    reply report docs documentation comment response readme manual
"""
# Programs with a given name do what people do: "Jenkins deployed", "Travis noticed".
_PROGRAMS = """
    apollo athena cassandra gerrit hudson hugo jasper loki nova octavia travis ruby jasmine amber
"""
NOT_PEOPLE = frozenset(f"{_PRODUCTS} {_WORDS}".split())
NO_NAME_ENDINGS = tuple(_ENDINGS.split())
MONTHS = frozenset(_MONTHS.split())
SURNAMES_TOO = frozenset(_SURNAMES.split())
NO_NICKS = frozenset(_NO_NICKS.split())
PROGRAMS = frozenset(_PROGRAMS.split())
