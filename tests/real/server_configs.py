"""Configuration files of the servers that the tests start; ``{names}`` are filled in by ``servers.py``."""

CAPABILITIES = (
    "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE NAMESPACE UIDPLUS MOVE LIST-EXTENDED LIST-STATUS "
    "ESEARCH CONDSTORE QRESYNC UNSELECT CHILDREN MULTIAPPEND LITERAL+ SPECIAL-USE"
)

DOVECOT_CONF = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.key
disable_plaintext_auth = yes
login_trusted_networks =
auth_failure_delay = 0
auth_mechanisms = plain login
auth_default_realm = ornek.bel.tr
auth_username_format = %Lu
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
first_valid_uid = 1
first_valid_gid = 1
maildir_very_dirty_syncs = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={root}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
}}
protocol imap {{
  {capability}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
daemon_directory = {sbin}
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.ornek.bel.tr
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {root}/postfix.log
maillog_file_prefixes = {root}
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = ornek.bel.tr, example.com
virtual_mailbox_maps = regexp:{root}/postfix/mailboxes
virtual_transport = lmtp:unix:{root}/run/lmtp
default_transport = error:5.1.2 nothing leaves this machine
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {root}/run/auth-client
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {root}/server.pem
smtpd_tls_key_file = {root}/server.key
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access regexp:{root}/postfix/recipients
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
message_size_limit = 26214400
mailbox_size_limit = 0
virtual_mailbox_limit = 0
"""

MASTER_CF = """
127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{smtps} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""

MAILBOXES = "if !/^yok/\n/@(ornek\\.bel\\.tr|example\\.com)$/ OK\nendif\n"
RECIPIENTS = (
    "/^mesgul/ 450 4.2.1 Mailbox is busy\n"
    "/^kota/ 550 5.4.5 Daily user sending limit exceeded for this account\n"
)
