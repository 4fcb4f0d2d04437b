terraform {
  required_version = ">= 1.9"

  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = "~> 1.84"
    }
  }
}

provider "databricks" {
  host = var.host
}

provider "databricks" {
  alias      = "account"
  host       = var.account_host
  account_id = var.account_id
}
